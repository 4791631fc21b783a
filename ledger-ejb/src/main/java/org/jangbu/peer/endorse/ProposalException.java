package org.jangbu.peer.endorse;

/** A proposal that is refused before anything is simulated; the message is for its sender and has Fabric's words where Fabric has some. */
public final class ProposalException extends Exception {
    /** Why it is refused, as far as a caller can act on it. */
    public enum Reason {
        /** The bytes are no proposal, or contradict themselves. */
        MALFORMED,
        /** The creator is unknown, invalid, expired, or may not do this; or the proposal is too old or from the future. */
        FORBIDDEN,
        /** The transaction id stands on the ledger. */
        DUPLICATE
    }

    private final String text;
    private final Reason reason;

    public ProposalException(Reason reason, String message) {
        super(message);
        this.text = message;
        this.reason = reason;
    }

    public ProposalException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.text = message;
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
