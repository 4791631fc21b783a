package org.jangbu.msp.confidential;

/** A confidential message that cannot be made or read. Never carries any of its content. */
public final class ConfidentialException extends Exception {
    private final Reason reason;

    public ConfidentialException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public ConfidentialException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What is wrong. */
    public enum Reason {
        /** It is no message of this kind, or longer than any may be. */
        MALFORMED,
        /** It was not written for the holder of this certificate. */
        NOT_A_RECIPIENT,
        /** The key is another one, or the message was changed. */
        UNREADABLE,
        /** A certificate's key is of no use here. */
        UNUSABLE_KEY
    }
}
