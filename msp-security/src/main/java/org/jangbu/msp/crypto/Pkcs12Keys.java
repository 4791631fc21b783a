package org.jangbu.msp.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Reads the private keys of a PKCS#12 file, as OpenSSL, keytool and most CAs hand them out. */
final class Pkcs12Keys {
    /** An instance of our own: nothing is registered with the platform. It bounds the work that a file may ask for. */
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private Pkcs12Keys() {}

    /** @throws InvalidKeyException if the secret is another one, the file was changed, or it holds no ECDSA key on a {@link Curve} */
    static List<SigningKey> read(byte[] file, String secret) throws InvalidKeyException {
        char[] password = secret.toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12", PROVIDER);
            store.load(new ByteArrayInputStream(file), password);
            List<SigningKey> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
                if (key instanceof PrivateKey own) {
                    keys.add(SigningKey.of(own));
                }
            }
            if (keys.isEmpty()) {
                throw new InvalidKeyException("no private key in the PKCS#12 file");
            }
            return keys;
        } catch (InvalidKeyException e) {
            throw e;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            throw new InvalidKeyException("the PKCS#12 file cannot be opened: another secret, or it was changed", e);
        }
    }
}
