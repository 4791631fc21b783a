package org.jangbu.peer.deliver;

/** A block that is not what it claims to be. The message says what is wrong with it, fit for a log. */
public final class RefusedBlockException extends Exception {
    /** What is wrong. */
    public enum Reason {
        /** Its parts contradict each other: data hash, envelopes, metadata. */
        MALFORMED,
        /** Its signatures do not satisfy the channel's BlockValidation policy. */
        UNSIGNED,
        /** Signed by the orderer, and yet it does not follow the newest block here: one of the two chains has forked. */
        FORKED
    }

    private final Reason reason;

    public RefusedBlockException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public RefusedBlockException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
