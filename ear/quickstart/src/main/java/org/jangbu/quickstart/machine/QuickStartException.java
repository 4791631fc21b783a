package org.jangbu.quickstart.machine;

/** Something the person at the keyboard must know or put right; the message is a plain sentence for them. */
public final class QuickStartException extends Exception {
    private static final long serialVersionUID = 1L;

    public QuickStartException(String message) {
        super(message);
    }

    public QuickStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
