package org.jangbu.peer.lifecycle;

/** Why something is not done with a peer's packages; its message is for the caller. */
public final class PackageException extends Exception {
    /** What the caller can make of it. */
    public enum Kind {
        /** No such peer here, or none of the caller's organisation. */
        UNKNOWN_PEER,
        /** The caller is no administrator of the peer's organisation. */
        DENIED,
        /** The bytes are no package, or one of a kind that no peer here runs. */
        UNUSABLE,
        /** There are more bytes than a package may have. */
        TOO_LARGE,
        /** The bytes broke off. */
        BROKEN_OFF,
        /** Exactly this package is installed already. */
        INSTALLED_ALREADY,
        /** No such package is installed. */
        NOT_INSTALLED,
        /** It cannot be done now; that may pass. */
        UNAVAILABLE
    }

    private final Kind kind;

    public PackageException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public PackageException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
