package org.jangbu.model.query;

/** A query that is not understood or asks for too much. The message is for the contract that asked. */
public final class QueryException extends Exception {
    private final String text;

    public QueryException(String message) {
        super(message);
        this.text = message;
    }

    public QueryException(String message, Throwable cause) {
        super(message, cause);
        this.text = message;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
