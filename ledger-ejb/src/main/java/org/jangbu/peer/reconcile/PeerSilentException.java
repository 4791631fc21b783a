package org.jangbu.peer.reconcile;

/** A peer that was asked for private data gives no answer now. */
public final class PeerSilentException extends Exception {
    private static final long serialVersionUID = 1;

    public PeerSilentException(String message) {
        super(message);
    }

    public PeerSilentException(String message, Throwable cause) {
        super(message, cause);
    }
}
