package org.jangbu.peer.join;

/** A peer that has not joined a channel; its message is for the caller. */
public final class JoinException extends Exception {
    /** What the caller can make of it. */
    public enum Kind {
        /** No such peer here, or none of the caller's organisation. */
        UNKNOWN_PEER,
        /** The caller is no administrator of the peer's organisation, or not let in now. */
        DENIED,
        /** The block begins no channel that this peer could join. */
        UNUSABLE_BLOCK,
        /** The peer has joined the channel before. */
        JOINED_ALREADY,
        /** It cannot be done now; that may pass. */
        UNAVAILABLE
    }

    private final Kind kind;

    public JoinException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public JoinException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
