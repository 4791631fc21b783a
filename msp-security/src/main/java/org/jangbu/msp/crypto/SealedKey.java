package org.jangbu.msp.crypto;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A private key encrypted under a secret: PKCS#8 with PBES2 (AES-256-CBC, PBKDF2 with HMAC-SHA-256), in PEM. OpenSSL opens it too, so that
 * an operator is never locked out of what is his.
 */
public final class SealedKey {
    private static final int ITERATIONS = 100_000;
    private static final BigInteger MAX_ITERATIONS = BigInteger.valueOf(10_000_000);
    private static final AlgorithmIdentifier PRF =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
    /** An instance of our own: nothing is registered with the platform. */
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private SealedKey() {}

    /** Encrypts a key. */
    public static byte[] seal(PrivateKeyInfo key, String secret) throws GeneralSecurityException {
        try {
            PemObject sealed = new PKCS8Generator(
                            key,
                            new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                                    .setProvider(PROVIDER)
                                    .setIterationCount(ITERATIONS)
                                    .setPRF(PRF)
                                    .setPassword(secret.toCharArray())
                                    .build())
                    .generate();
            return new Pem(sealed.getType(), ByteString.copyFrom(sealed.getContent()))
                    .text()
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (OperatorCreationException | IOException e) {
            throw new GeneralSecurityException("the key cannot be encrypted", e);
        }
    }

    /**
     * Decrypts a key.
     *
     * @throws GeneralSecurityException if the secret is another one or the text was changed
     */
    public static PrivateKeyInfo open(byte[] pem, String secret) throws GeneralSecurityException {
        Pem block = Pem.only(pem);
        if (!block.type().equals("ENCRYPTED PRIVATE KEY")) {
            throw new GeneralSecurityException("not an encrypted private key");
        }
        return open(block, secret);
    }

    static PrivateKeyInfo open(Pem block, String secret) throws GeneralSecurityException {
        try {
            PKCS8EncryptedPrivateKeyInfo sealed =
                    new PKCS8EncryptedPrivateKeyInfo(block.content().toByteArray());
            requireBoundedWork(sealed.toASN1Structure().getEncryptionAlgorithm());
            return sealed.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(PROVIDER)
                    .build(secret.toCharArray()));
        } catch (PKCSException | OperatorCreationException | IOException | IllegalArgumentException e) {
            throw new GeneralSecurityException("the key cannot be decrypted: another secret, or it was changed", e);
        }
    }

    /** Whoever writes the file chooses how long opening takes; and weak old schemes are not what anybody should still use. */
    private static void requireBoundedWork(AlgorithmIdentifier algorithm) throws GeneralSecurityException {
        if (!PKCSObjectIdentifiers.id_PBES2.equals(algorithm.getAlgorithm())) {
            throw new GeneralSecurityException("the key is not encrypted with PBES2; openssl pkcs8 -topk8 does that");
        }
        KeyDerivationFunc derivation =
                PBES2Parameters.getInstance(algorithm.getParameters()).getKeyDerivationFunc();
        if (!PKCSObjectIdentifiers.id_PBKDF2.equals(derivation.getAlgorithm())) {
            throw new GeneralSecurityException("the encrypted key does not use PBKDF2");
        }
        BigInteger iterations =
                PBKDF2Params.getInstance(derivation.getParameters()).getIterationCount();
        if (iterations.signum() <= 0 || iterations.compareTo(MAX_ITERATIONS) > 0) {
            throw new GeneralSecurityException("the encrypted key asks for " + iterations + " iterations");
        }
    }
}
