package org.jangbu.ordering.jms;

/** A message must come again. Thrown only after a wait, so that nothing spins. */
public final class RedeliverException extends RuntimeException {
    public RedeliverException(String message, Throwable cause) {
        super(message, cause);
    }

    public RedeliverException(String message) {
        super(message);
    }
}
