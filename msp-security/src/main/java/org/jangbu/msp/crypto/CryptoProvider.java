package org.jangbu.msp.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/**
 * Whatever does the arithmetic of ECDSA: one provider, chosen once for the whole server (see {@link CryptoProviders}). Providers are used as
 * instances and never registered with the platform: an application must not change the security settings of the server it runs in.
 */
public final class CryptoProvider {
    /** The message is hashed by the caller, who needs the digest anyway to look a signature up among those verified before. */
    private static final String ALGORITHM = "NONEwithECDSA";

    private final Provider provider;

    CryptoProvider(Provider provider) {
        this.provider = provider;
    }

    /** The provider of this server; the choice is made at first use and logged. */
    public static CryptoProvider ofThisServer() {
        return Chosen.PROVIDER;
    }

    /**
     * A provider by the name that {@code jangbu.crypto.provider} would give it, for whoever compares them; empty if it is not here or does
     * not work.
     */
    public static Optional<CryptoProvider> named(String name) {
        return CryptoProviders.candidates(name).get(0).open();
    }

    /** Its name and version, for logs and the console. */
    public String name() {
        return provider.getName() + " " + provider.getVersionStr();
    }

    /**
     * Tests the signature of a certificate.
     *
     * @throws GeneralSecurityException if the key did not make it
     */
    public void verify(X509Certificate certificate, PublicKey issuer) throws GeneralSecurityException {
        if (isEcdsa(certificate.getSigAlgName())) {
            certificate.verify(issuer, provider);
        } else {
            certificate.verify(issuer);
        }
    }

    /**
     * Tests the signature of a revocation list.
     *
     * @throws GeneralSecurityException if the key did not make it
     */
    public void verify(X509CRL revocationList, PublicKey issuer) throws GeneralSecurityException {
        if (isEcdsa(revocationList.getSigAlgName())) {
            revocationList.verify(issuer, provider);
        } else {
            revocationList.verify(issuer);
        }
    }

    private static boolean isEcdsa(String algorithm) {
        return algorithm.endsWith("withECDSA");
    }

    /** A fresh key pair. */
    public KeyPair generate(Curve curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec(curve.standardName()));
        return generator.generateKeyPair();
    }

    PublicKey publicKey(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC", provider).generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
    }

    PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC", provider).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** Signs a digest; whatever s the provider makes. For the server's own use there is {@link SigningKey}. */
    public byte[] sign(PrivateKey key, byte[] digest) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM, provider);
        signature.initSign(key);
        signature.update(digest);
        return signature.sign();
    }

    /** Verifies a signature over a digest, whatever its s. For the server's own use there is {@link VerifyingKey}. */
    public boolean verify(PublicKey key, byte[] digest, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(ALGORITHM, provider);
        verifier.initVerify(key);
        verifier.update(digest);
        return verifier.verify(signature);
    }

    @Override
    public String toString() {
        return name();
    }

    /** Chosen when first asked for, by the class loader's own once-only guarantee. */
    private static final class Chosen {
        static final CryptoProvider PROVIDER = CryptoProviders.choose();
    }
}
