package org.jangbu.msp.renewal;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.crypto.SealedKey;

/** A private key as the file it will be: encrypted, if the one before is. */
final class KeyText {
    private static final String PLAIN = "-----BEGIN PRIVATE KEY-----";
    private static final String PLAIN_SEC1 = "-----BEGIN EC PRIVATE KEY-----";

    private KeyText() {}

    /** PKCS#8 in PEM; under the secret unless the former file holds a key in plain text. */
    static byte[] like(byte[] former, PrivateKeyInfo key, String secret) throws RenewalException {
        String text = new String(former, StandardCharsets.ISO_8859_1);
        try {
            if (text.contains(PLAIN) || text.contains(PLAIN_SEC1)) {
                return new Pem("PRIVATE KEY", ByteString.copyFrom(key.getEncoded()))
                        .text()
                        .getBytes(StandardCharsets.US_ASCII);
            }
            return SealedKey.seal(key, secret);
        } catch (IOException | GeneralSecurityException e) {
            throw new RenewalException("the new key cannot be written", e);
        }
    }
}
