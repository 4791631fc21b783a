package org.jangbu.msp.identity;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import org.jangbu.model.MspId;
import org.jangbu.msp.crypto.SigningKey;

/** A signing identity whose private key is in memory. */
public final class KeySigningIdentity implements SigningIdentity {
    private final X509Identity identity;
    private final SigningKey key;

    private KeySigningIdentity(X509Identity identity, SigningKey key) {
        this.identity = identity;
        this.key = key;
    }

    /**
     * Joins a certificate, given as PEM whose bytes become part of the identity, and its private key.
     *
     * @throws IdentityException MALFORMED if the PEM is not exactly one certificate or the key is not the certificate's
     */
    public static KeySigningIdentity of(MspId mspId, ByteString certificatePem, SigningKey key)
            throws IdentityException {
        X509Identity identity = X509Identity.parse(X509Identity.serialize(mspId, certificatePem));
        try {
            if (!key.belongsTo(identity.key())) {
                throw new IdentityException(
                        IdentityException.Reason.MALFORMED,
                        "the private key does not belong to the certificate of "
                                + identity.certificate().getSubjectX500Principal());
            }
        } catch (GeneralSecurityException e) {
            throw new IdentityException(IdentityException.Reason.MALFORMED, "the private key cannot be used", e);
        }
        return new KeySigningIdentity(identity, key);
    }

    @Override
    public MspId mspId() {
        return identity.mspId();
    }

    @Override
    public X509Certificate certificate() {
        return identity.certificate();
    }

    @Override
    public ByteString serialized() {
        return identity.serialized();
    }

    @Override
    public ByteString sign(ByteString... message) {
        try {
            return key.sign(message);
        } catch (GeneralSecurityException e) {
            throw new SigningException("the key of " + identity + " cannot sign", e);
        }
    }

    /** The public half, as others see it. */
    public X509Identity identity() {
        return identity;
    }

    /** The private key, for whoever stores it encrypted. */
    public SigningKey key() {
        return key;
    }

    @Override
    public String toString() {
        return identity.toString();
    }
}
