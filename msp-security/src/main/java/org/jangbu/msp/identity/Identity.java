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
     * Whether {@code signature} is this identity's ECDSA signature (DER, SHA-256, low S) over the concatenation of {@code message}. False
     * for anything else, malformed signatures included. Results are remembered by key, digest and signature, since several nodes of a
     * server check the same ones.
     */
    boolean verifies(ByteString signature, ByteString... message);
}
