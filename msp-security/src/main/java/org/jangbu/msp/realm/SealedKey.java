package org.jangbu.msp.realm;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.bouncycastle.asn1.DERNull;
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
import org.jangbu.msp.crypto.Pem;

/**
 * A private key encrypted under a secret: PKCS#8 with PBES2 (AES-256-CBC, PBKDF2 with HMAC-SHA-256), in PEM. OpenSSL opens it too, so that
 * an operator is never locked out of what is his.
 */
final class SealedKey {
    private static final int ITERATIONS = 100_000;
    private static final AlgorithmIdentifier PRF =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
    /** An instance of our own: nothing is registered with the platform. */
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private SealedKey() {}

    static byte[] seal(PrivateKeyInfo key, String secret) throws GeneralSecurityException {
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

    /** @throws GeneralSecurityException if the secret is another one or the text was changed */
    static PrivateKeyInfo open(byte[] pem, String secret) throws GeneralSecurityException {
        Pem block = Pem.only(pem);
        if (!block.type().equals("ENCRYPTED PRIVATE KEY")) {
            throw new GeneralSecurityException("not an encrypted private key");
        }
        try {
            return new PKCS8EncryptedPrivateKeyInfo(block.content().toByteArray())
                    .decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                            .setProvider(PROVIDER)
                            .build(secret.toCharArray()));
        } catch (PKCSException | OperatorCreationException | IOException | IllegalArgumentException e) {
            throw new GeneralSecurityException("the key cannot be decrypted", e);
        }
    }
}
