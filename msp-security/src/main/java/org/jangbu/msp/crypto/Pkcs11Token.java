package org.jangbu.msp.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A PKCS#11 token (a hardware module, a smart card, SoftHSM) through Java's own SunPKCS11. Keys are used inside it and never leave it. Java
 * finds a key only if the token holds its certificate too, under the same id.
 */
public final class Pkcs11Token {
    /** One provider for each slot: a library is initialised once in a process. */
    private static final Map<String, Provider> PROVIDERS = new ConcurrentHashMap<>();

    private final Provider provider;
    private final KeyStore store;

    private Pkcs11Token(Provider provider, KeyStore store) {
        this.provider = provider;
        this.store = store;
    }

    /**
     * Opens a token and signs in.
     *
     * @param place where it is
     * @throws InvalidKeyException if the library or the slot is not there, or the token refuses the PIN
     */
    public static Pkcs11Token open(TokenPlace place, String pin) throws InvalidKeyException {
        if (!Files.isRegularFile(place.library())) {
            throw new InvalidKeyException("there is no PKCS#11 library " + place.library());
        }
        try {
            Provider provider = PROVIDERS.computeIfAbsent(place.configuration(), Pkcs11Token::configure);
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, pin.toCharArray());
            return new Pkcs11Token(provider, store);
        } catch (GeneralSecurityException | IOException | ProviderException | UnsupportedOperationException e) {
            throw new InvalidKeyException("the token at " + place + " cannot be used: " + reason(e), e);
        }
    }

    /** All keys of the token that can sign here, those named {@code alias} only if that is not empty. */
    public List<SigningKey> keys(String alias) throws InvalidKeyException {
        try {
            List<SigningKey> keys = new ArrayList<>();
            for (String name : Collections.list(store.aliases())) {
                if ((alias.isEmpty() || alias.equals(name)) && store.getKey(name, null) instanceof PrivateKey handle) {
                    keys.add(SigningKey.inToken(handle, curve(store.getCertificate(name)), provider));
                }
            }
            return keys;
        } catch (InvalidKeyException e) {
            throw e;
        } catch (GeneralSecurityException | ProviderException e) {
            throw new InvalidKeyException("the token's keys cannot be read: " + reason(e), e);
        }
    }

    /** A token tells nothing of a private key, not even its curve; the certificate beside it does. */
    private static Curve curve(Certificate certificate) throws InvalidKeyException {
        return VerifyingKey.of(certificate.getPublicKey()).curve();
    }

    private static Provider configure(String configuration) {
        Provider template = Security.getProvider("SunPKCS11");
        if (template == null) {
            throw new UnsupportedOperationException("this Java has no SunPKCS11");
        }
        return template.configure(
                "--name=jangbu-" + Integer.toHexString(configuration.hashCode()) + "\n" + configuration);
    }

    /** The innermost word, which is the token's own: {@code CKR_PIN_INCORRECT}. */
    private static String reason(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** The provider's, never a key's. */
    @Override
    public String toString() {
        return provider.getName();
    }

    /** Where a token is, in the words of SunPKCS11. */
    public record TokenPlace(Path library, SlotName slotName, long slot) {
        public TokenPlace {
            String path = library.toString();
            if (path.isEmpty() || path.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
                throw new IllegalArgumentException("not the path of a PKCS#11 library");
            }
        }

        String configuration() {
            return "library = \"" + library.toAbsolutePath() + "\"\n" + slotName.key + " = " + slot + "\n";
        }

        @Override
        public String toString() {
            return library + ", " + slotName.key + " " + slot;
        }
    }

    /** How a slot is named. */
    public enum SlotName {
        /** By the number its library gives it. */
        SLOT("slot"),
        /** By its place in the library's list, from 0. */
        SLOT_LIST_INDEX("slotListIndex");

        private final String key;

        SlotName(String key) {
            this.key = key;
        }
    }
}
