package org.jangbu.msp.identity;

import com.google.protobuf.ByteString;
import java.security.cert.X509Certificate;
import org.jangbu.model.MspId;

/** An identity whose private key is at hand: a node, or a user whose key the server manages. Safe for use by many threads. */
public interface SigningIdentity {
    /** The MSP it belongs to. */
    MspId mspId();

    /** Its certificate. */
    X509Certificate certificate();

    /** Its {@code SerializedIdentity}, as creator or endorser bytes. */
    ByteString serialized();

    /**
     * Signs the concatenation of {@code message}: ECDSA over SHA-256, DER, low S.
     *
     * @throws SigningException if the key cannot be used
     */
    ByteString sign(ByteString... message);
}
