package org.jangbu.model;

import org.hyperledger.fabric.protos.peer.TxValidationCode;

/**
 * Bytes that claim to be an envelope, or a transaction within one, and are not. Carries the code with which a committer flags such a
 * transaction, so that parsing at a door and parsing in a block tell the same story.
 */
public final class MalformedEnvelopeException extends Exception {
    private final TxValidationCode code;

    public MalformedEnvelopeException(TxValidationCode code, String reason) {
        super(reason);
        this.code = code;
    }

    public MalformedEnvelopeException(TxValidationCode code, String reason, Throwable cause) {
        super(reason, cause);
        this.code = code;
    }

    /** The flag such a transaction gets in a block. */
    public TxValidationCode code() {
        return code;
    }
}
