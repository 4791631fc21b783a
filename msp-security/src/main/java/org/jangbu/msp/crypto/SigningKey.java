package org.jangbu.msp.crypto;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/** A private key in the form its provider works on: in memory, or the handle of one that never leaves its token. Does not print itself. */
public final class SigningKey {
    private final PrivateKey key;
    private final Curve curve;
    private final CryptoProvider provider;

    private SigningKey(PrivateKey key, Curve curve, CryptoProvider provider) {
        this.key = key;
        this.curve = curve;
        this.provider = provider;
    }

    /**
     * Takes over a private key in PKCS#8.
     *
     * @throws InvalidKeyException if it is not an ECDSA key on a {@link Curve}
     */
    public static SigningKey of(PrivateKeyInfo info) throws InvalidKeyException {
        Curve curve = Curve.of(info.getPrivateKeyAlgorithm());
        try {
            CryptoProvider provider = CryptoProvider.ofThisServer();
            return new SigningKey(provider.privateKey(info.getEncoded()), curve, provider);
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

    /** A key that stays where it is: its own provider signs with it. */
    static SigningKey inToken(PrivateKey handle, Curve curve, Provider token) {
        return new SigningKey(handle, curve, new CryptoProvider(token));
    }

    /**
     * The key in PKCS#8, for whoever stores it encrypted.
     *
     * @throws InvalidKeyException if it is in a token, which gives no key away
     */
    public PrivateKeyInfo info() throws InvalidKeyException {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new InvalidKeyException("the key is in a token and cannot leave it");
        }
        return PrivateKeyInfo.getInstance(encoded);
    }

    public Curve curve() {
        return curve;
    }

    /**
     * Signs SHA-256 of the concatenated pieces: DER, low s.
     *
     * @throws GeneralSecurityException if the provider fails, or the token is gone
     */
    public ByteString sign(ByteString... message) throws GeneralSecurityException {
        byte[] der = signature(Digests.of(message));
        EcdsaSignature signature = EcdsaSignature.parse(der)
                .orElseThrow(() -> new GeneralSecurityException("the provider's signature is not DER"));
        return ByteString.copyFrom(signature.low(curve).der());
    }

    private byte[] signature(byte[] digest) throws GeneralSecurityException {
        try {
            return provider.sign(key, digest);
        } catch (ProviderException e) {
            throw new GeneralSecurityException("the provider of the key failed", e);
        }
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
