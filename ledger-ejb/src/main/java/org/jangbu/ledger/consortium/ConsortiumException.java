package org.jangbu.ledger.consortium;

/** A consortium that cannot be used; the message is for whoever set it up. */
public final class ConsortiumException extends Exception {
    public ConsortiumException(String message) {
        super(message);
    }

    public ConsortiumException(String message, Throwable cause) {
        super(message, cause);
    }
}
