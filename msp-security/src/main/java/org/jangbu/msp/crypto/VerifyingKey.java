package org.jangbu.msp.crypto;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jangbu.model.Sha256;

/** A public key in the form its provider works on; decoding it costs twice as much as using it, so it is kept with the identity. */
public final class VerifyingKey {
    private final PublicKey key;
    private final Curve curve;
    private final byte[] id;

    private VerifyingKey(PublicKey key, Curve curve, byte[] id) {
        this.key = key;
        this.curve = curve;
        this.id = id;
    }

    /**
     * Takes over a key, however it was come by.
     *
     * @throws InvalidKeyException if it is not an ECDSA key on a {@link Curve}
     */
    public static VerifyingKey of(PublicKey key) throws InvalidKeyException {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new InvalidKeyException("the key cannot be encoded");
        }
        try {
            Curve curve = Curve.of(SubjectPublicKeyInfo.getInstance(encoded).getAlgorithm());
            PublicKey own = CryptoProvider.ofThisServer().publicKey(encoded);
            return new VerifyingKey(own, curve, Sha256.digest().digest(encoded));
        } catch (InvalidKeyException e) {
            throw e;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidKeyException("not a usable ECDSA key", e);
        }
    }

    public Curve curve() {
        return curve;
    }

    /**
     * Whether {@code signature} is DER with low s and was made with this key's other half over SHA-256 of the concatenated pieces. A good
     * one is remembered for the whole server.
     */
    public boolean verifies(ByteString signature, ByteString... message) {
        byte[] der = signature.toByteArray();
        boolean low =
                EcdsaSignature.parse(der).filter(parsed -> parsed.isFor(curve)).isPresent();
        if (!low) {
            return false;
        }
        byte[] digest = Digests.of(message);
        VerifiedSignatures.Entry entry = VerifiedSignatures.entry(id, digest, der);
        if (VerifiedSignatures.shared().contains(entry)) {
            return true;
        }
        if (!matches(digest, der)) {
            return false;
        }
        VerifiedSignatures.shared().add(entry);
        return true;
    }

    private boolean matches(byte[] digest, byte[] der) {
        try {
            return CryptoProvider.ofThisServer().verify(key, digest, der);
        } catch (SignatureException e) {
            // Some providers say in this way that the numbers cannot be a signature of this key.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the crypto provider failed", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey that && Arrays.equals(id, that.id);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(id);
    }
}
