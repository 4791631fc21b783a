package org.jangbu.msp.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jangbu.model.Sha256;
import org.jangbu.msp.log.MspLog;
import org.jangbu.msp.settings.MspSetting;

/**
 * The providers that may do ECDSA, fastest first: Amazon Corretto where the server has it (some 60,000 signatures a second and thread),
 * Bouncy Castle, which the application carries (14,000), Java's own (2,000). One that is present but fails a signature made and checked on
 * each curve is passed over.
 */
enum CryptoProviders {
    CORRETTO,
    BOUNCYCASTLE,
    JDK;

    private static final String CORRETTO_NAME = "AmazonCorrettoCryptoProvider";
    private static final String CORRETTO_CLASS = "com.amazon.corretto.crypto.provider." + CORRETTO_NAME;

    static CryptoProvider choose() {
        CryptoProvider chosen = candidates(MspSetting.CRYPTO_PROVIDER.fromEnvironment()).stream()
                .map(CryptoProviders::open)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no provider can do ECDSA"));
        MspLog.LOG.provider(chosen.name());
        return chosen;
    }

    static List<CryptoProviders> candidates(String setting) {
        if (setting.equals("auto")) {
            return Arrays.asList(values());
        }
        for (CryptoProviders provider : values()) {
            if (provider.name().equalsIgnoreCase(setting)) {
                return List.of(provider);
            }
        }
        throw new IllegalArgumentException(
                MspSetting.CRYPTO_PROVIDER.key() + " must be auto, corretto, bouncycastle or jdk, not " + setting);
    }

    /** The provider, if it is here and works. */
    Optional<CryptoProvider> open() {
        return source().map(CryptoProvider::new).filter(CryptoProviders::works);
    }

    private Optional<Provider> source() {
        return switch (this) {
            case CORRETTO -> corretto();
            case BOUNCYCASTLE -> Optional.of(new BouncyCastleProvider());
            case JDK -> Optional.ofNullable(Security.getProvider("SunEC"));
        };
    }

    private static boolean works(CryptoProvider candidate) {
        try {
            for (Curve curve : Curve.values()) {
                KeyPair pair = candidate.generate(curve);
                byte[] digest = Sha256.digest().digest(pair.getPublic().getEncoded());
                byte[] signature = candidate.sign(pair.getPrivate(), digest);
                if (!candidate.verify(pair.getPublic(), digest, signature)) {
                    throw new GeneralSecurityException("its own signature does not verify");
                }
            }
            return true;
        } catch (GeneralSecurityException e) {
            MspLog.LOG.providerUnusable(candidate.name(), e);
            return false;
        }
    }

    /** As registered by the server's administrator, else as found by our class loader. */
    private static Optional<Provider> corretto() {
        Provider registered = Security.getProvider(CORRETTO_NAME);
        if (registered != null) {
            return Optional.of(registered);
        }
        try {
            Class<?> type = Class.forName(CORRETTO_CLASS);
            return Optional.of((Provider) type.getDeclaredConstructor().newInstance());
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException | LinkageError e) {
            MspLog.LOG.providerUnusable(CORRETTO_NAME, e);
            return Optional.empty();
        }
    }
}
