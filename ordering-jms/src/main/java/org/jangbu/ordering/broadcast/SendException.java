package org.jangbu.ordering.broadcast;

/** A batch could not be sent, or is not known to have been sent. */
public final class SendException extends Exception {
    private final boolean refused;

    private SendException(boolean refused, String message, Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    /** The wire was there and would not take it: its backlog is full. It did not take this attempt. */
    public static SendException refused(String message, Throwable cause) {
        return new SendException(true, message, cause);
    }

    /** The wire failed; the batch may have been taken. */
    public static SendException inDoubt(String message, Throwable cause) {
        return new SendException(false, message, cause);
    }

    public boolean isRefused() {
        return refused;
    }
}
