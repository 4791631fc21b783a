package org.jangbu.msp.crypto;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.RuntimeOperatorException;

/** Signs certificates and revocation lists (ECDSA with SHA-256) with low s, so that Fabric compares them as they are. For one use only. */
public final class LowSContentSigner implements ContentSigner {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final SigningKey key;

    public LowSContentSigner(PrivateKey key) throws InvalidKeyException {
        this(SigningKey.of(key));
    }

    public LowSContentSigner(SigningKey key) {
        this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        try {
            return key.sign(ByteString.copyFrom(content.toByteArray())).toByteArray();
        } catch (GeneralSecurityException e) {
            throw new RuntimeOperatorException("the certificate cannot be signed", e);
        }
    }
}
