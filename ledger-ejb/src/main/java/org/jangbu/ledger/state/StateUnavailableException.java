package org.jangbu.ledger.state;

/** The database does not do what is asked of it; the ledger itself is unharmed. The message is fit for a caller. */
public final class StateUnavailableException extends RuntimeException {
    private final boolean transientFailure;

    public StateUnavailableException(String message, boolean transientFailure, Throwable cause) {
        super(message, cause);
        this.transientFailure = transientFailure;
    }

    public StateUnavailableException(String message, boolean transientFailure) {
        super(message);
        this.transientFailure = transientFailure;
    }

    /** Whether trying again may help: the database is away or overloaded. Otherwise it refuses what it is asked. */
    public boolean isTransient() {
        return transientFailure;
    }
}
