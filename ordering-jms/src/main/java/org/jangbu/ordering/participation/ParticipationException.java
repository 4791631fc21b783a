package org.jangbu.ordering.participation;

/** An orderer that has not joined, left or told; the message is for the caller. */
public final class ParticipationException extends Exception {
    /** What the caller can make of it. */
    public enum Kind {
        /** No such orderer or channel here. */
        NOT_FOUND,
        /** Several orderers could be meant. */
        AMBIGUOUS,
        /** The caller may not do this, or is not let in now. */
        DENIED,
        /** The block begins no channel that this orderer could join. */
        UNUSABLE_BLOCK,
        /** The consortium stays as it is. */
        REFUSED_UPDATE,
        /** The orderer has joined the channel before. */
        JOINED_ALREADY,
        /** It cannot be done now; that may pass. */
        UNAVAILABLE
    }

    private final Kind kind;

    public ParticipationException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ParticipationException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
