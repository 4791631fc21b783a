package org.jangbu.msp.identity;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.InvalidKeyException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.jangbu.model.MspId;
import org.jangbu.model.Sha256;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.VerifyingKey;
import org.jspecify.annotations.Nullable;

/** An identity that is a certificate with an ECDSA key. Parsed once, decoded key included, and then only looked at. */
public final class X509Identity implements Identity {
    /** The longest {@code SerializedIdentity} read; usual ones have about 900 bytes. */
    public static final int MAX_SERIALIZED_LENGTH = 16 * 1024;

    private final MspId mspId;
    private final X509Certificate certificate;
    private final ByteString serialized;
    private final VerifyingKey key;
    private final ByteString fingerprint;

    private X509Identity(MspId mspId, X509Certificate certificate, ByteString serialized, VerifyingKey key) {
        this.mspId = mspId;
        this.certificate = certificate;
        this.serialized = serialized;
        this.key = key;
        this.fingerprint = fingerprint(mspId, certificate);
    }

    /**
     * Reads a {@code SerializedIdentity}: an MSP id and the PEM of exactly one certificate, with white space around it at most.
     *
     * @throws IdentityException MALFORMED
     */
    public static X509Identity parse(ByteString serialized) throws IdentityException {
        if (serialized.size() > MAX_SERIALIZED_LENGTH) {
            throw malformed("longer than " + MAX_SERIALIZED_LENGTH + " bytes", null);
        }
        try {
            SerializedIdentity parts = SerializedIdentity.parseFrom(serialized);
            X509Certificate certificate =
                    CertificateReader.only(parts.getIdBytes().toByteArray());
            MspId mspId = new MspId(parts.getMspid());
            return new X509Identity(mspId, certificate, serialized, VerifyingKey.of(certificate.getPublicKey()));
        } catch (InvalidProtocolBufferException e) {
            throw malformed("not a SerializedIdentity", e);
        } catch (CertificateException e) {
            throw malformed("no readable certificate: " + e.getMessage(), e);
        } catch (InvalidKeyException e) {
            throw malformed(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw malformed("the MSP id has characters that none may have", e);
        }
    }

    /** The {@code SerializedIdentity} bytes of a certificate, its PEM written as Fabric writes it. */
    public static ByteString serialize(MspId mspId, X509Certificate certificate) {
        return serialize(mspId, ByteString.copyFromUtf8(CertificateReader.pem(certificate)));
    }

    /** The {@code SerializedIdentity} bytes of a certificate spelled as this PEM. */
    public static ByteString serialize(MspId mspId, ByteString pem) {
        return SerializedIdentity.newBuilder()
                .setMspid(mspId.value())
                .setIdBytes(pem)
                .build()
                .toByteString();
    }

    private static IdentityException malformed(@Nullable String reason, @Nullable Exception cause) {
        return new IdentityException(IdentityException.Reason.MALFORMED, "the identity is malformed: " + reason, cause);
    }

    @Override
    public MspId mspId() {
        return mspId;
    }

    @Override
    public X509Certificate certificate() {
        return certificate;
    }

    @Override
    public ByteString serialized() {
        return serialized;
    }

    @Override
    public ByteString fingerprint() {
        return fingerprint;
    }

    @Override
    public boolean verifies(ByteString signature, ByteString... message) {
        return key.verifies(signature, message);
    }

    /** What the two spellings of one certificate have in common; see {@link Identity#fingerprint}. */
    static ByteString fingerprint(MspId mspId, X509Certificate certificate) {
        try {
            return Sha256.of(
                    ByteString.copyFromUtf8(mspId.value() + '\0'),
                    ByteString.copyFrom(certificate.getTBSCertificate()));
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    /** The verifying key, for whoever must match it with a private one. */
    VerifyingKey key() {
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Identity that && serialized.equals(that.serialized());
    }

    @Override
    public int hashCode() {
        return serialized.hashCode();
    }

    @Override
    public String toString() {
        return mspId + ":" + certificate.getSubjectX500Principal().getName();
    }
}
