package org.jangbu.ledger.state;

/** The state cannot be read now: the database is away or overloaded. Trying again later may help; the ledger itself is unharmed. */
public final class StateUnavailableException extends RuntimeException {
    public StateUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public StateUnavailableException(String message) {
        super(message);
    }
}
