package org.jangbu.msp.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Reads private keys from PEM: PKCS#8 as cryptogen and Java write them, plain or encrypted, and SEC1 as OpenSSL does. */
public final class KeyReader {
    private KeyReader() {}

    /**
     * The one private key of a PEM text; an {@code EC PARAMETERS} block before it is skipped.
     *
     * @throws InvalidKeyException if there is none, it is encrypted, or not an ECDSA key on a {@link Curve}; the message never holds any of it
     */
    public static SigningKey read(byte[] pem) throws InvalidKeyException {
        return SigningKey.of(info(pem));
    }

    /**
     * As {@link #read(byte[])}, and opens a key that is encrypted.
     *
     * @param secret of an encrypted key; of no matter for a plain one
     * @throws InvalidKeyException also if the secret is wrong or empty where one is needed
     */
    public static SigningKey read(byte[] pem, String secret) throws InvalidKeyException {
        return SigningKey.of(info(pem, secret));
    }

    /** As {@link #read(byte[])}, in the form that can be written again. */
    public static PrivateKeyInfo info(byte[] pem) throws InvalidKeyException {
        return info(pem, "");
    }

    private static PrivateKeyInfo info(byte[] pem, String secret) throws InvalidKeyException {
        try {
            for (Pem block : Pem.blocks(pem)) {
                switch (block.type()) {
                    case "PRIVATE KEY" -> {
                        return PrivateKeyInfo.getInstance(block.content().toByteArray());
                    }
                    case "EC PRIVATE KEY" -> {
                        return fromSec1(ECPrivateKey.getInstance(block.content().toByteArray()));
                    }
                    case "ENCRYPTED PRIVATE KEY" -> {
                        return decrypt(block, secret);
                    }
                    default -> {
                        // Certificates and parameters may stand in the same file.
                    }
                }
            }
        } catch (InvalidKeyException e) {
            throw e;
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            throw new InvalidKeyException("not a readable private key", e);
        }
        if (new String(pem, StandardCharsets.ISO_8859_1).contains("Proc-Type: 4,ENCRYPTED")) {
            throw new InvalidKeyException(
                    "the private key is encrypted in OpenSSL's old form; openssl pkcs8 -topk8 makes the new one of it");
        }
        throw new InvalidKeyException("no private key in the text");
    }

    private static PrivateKeyInfo decrypt(Pem block, String secret) throws GeneralSecurityException {
        if (secret.isEmpty()) {
            throw new InvalidKeyException("the private key is encrypted, and no secret was given");
        }
        try {
            return SealedKey.open(block, secret);
        } catch (InvalidKeyException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    private static PrivateKeyInfo fromSec1(ECPrivateKey key) throws InvalidKeyException, IOException {
        ASN1Encodable curve = key.getParametersObject();
        if (curve == null) {
            throw new InvalidKeyException("the private key does not name its curve");
        }
        return new PrivateKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), key);
    }
}
