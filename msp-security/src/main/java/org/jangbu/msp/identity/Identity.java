package org.jangbu.msp.identity;

import com.google.protobuf.ByteString;
import java.security.cert.X509Certificate;
import org.jangbu.model.MspId;

/**
 * A member of an MSP as named by a {@code SerializedIdentity}: parsed, not yet judged. Membership decides whether it is valid. Two
 * identities are equal when their serialised bytes are.
 */
public interface Identity {
    /** The MSP it claims to belong to. */
    MspId mspId();

    /** The certificate it presents. */
    X509Certificate certificate();

    /** The {@code SerializedIdentity} bytes exactly as they came; never a re-encoding. */
    ByteString serialized();

    /**
     * What tells one signer from another: MSP id and signed part of the certificate, hashed. The same certificate can be spelled in many
     * ways (line endings of the PEM, the twin of the CA's signature), which must not make two signers out of one where a policy counts.
     */
    default ByteString fingerprint() {
        return X509Identity.fingerprint(mspId(), certificate());
    }

    /**
     * Whether {@code signature} is this identity's ECDSA signature (DER, SHA-256, low S) over the concatenation of {@code message}. False
     * for anything else, malformed signatures included. Results are remembered by key, digest and signature, since several nodes of a
     * server check the same ones.
     */
    boolean verifies(ByteString signature, ByteString... message);
}
