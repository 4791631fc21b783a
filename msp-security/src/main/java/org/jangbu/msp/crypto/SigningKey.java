package org.jangbu.msp.crypto;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/** A private key in the form its provider works on. Does not print itself. */
public final class SigningKey {
    private final PrivateKey key;
    private final Curve curve;

    private SigningKey(PrivateKey key, Curve curve) {
        this.key = key;
        this.curve = curve;
    }

    /**
     * Takes over a private key in PKCS#8.
     *
     * @throws InvalidKeyException if it is not an ECDSA key on a {@link Curve}
     */
    public static SigningKey of(PrivateKeyInfo info) throws InvalidKeyException {
        Curve curve = Curve.of(info.getPrivateKeyAlgorithm());
        try {
            return new SigningKey(CryptoProvider.ofThisServer().privateKey(info.getEncoded()), curve);
        } catch (GeneralSecurityException | IOException e) {
            throw new InvalidKeyException("not a usable ECDSA key", e);
        }
    }

    /** Takes over a private key that Java made. */
    public static SigningKey of(PrivateKey key) throws InvalidKeyException {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new InvalidKeyException("the key cannot be encoded");
        }
        return of(PrivateKeyInfo.getInstance(encoded));
    }

    /** The key in PKCS#8, for whoever stores it encrypted. */
    public PrivateKeyInfo info() {
        return PrivateKeyInfo.getInstance(key.getEncoded());
    }

    public Curve curve() {
        return curve;
    }

    /**
     * Signs SHA-256 of the concatenated pieces: DER, low s.
     *
     * @throws GeneralSecurityException if the provider fails
     */
    public ByteString sign(ByteString... message) throws GeneralSecurityException {
        byte[] der = CryptoProvider.ofThisServer().sign(key, Digests.of(message));
        EcdsaSignature signature = EcdsaSignature.parse(der)
                .orElseThrow(() -> new GeneralSecurityException("the provider's signature is not DER"));
        return ByteString.copyFrom(signature.low(curve).der());
    }

    /** Whether the public key is this key's other half, tried by signing. */
    public boolean belongsTo(VerifyingKey other) throws GeneralSecurityException {
        ByteString probe = ByteString.copyFromUtf8("does this key belong to that certificate?");
        return curve == other.curve() && other.verifies(sign(probe), probe);
    }

    @Override
    public String toString() {
        return "signing key on " + curve;
    }
}
