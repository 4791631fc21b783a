package org.jangbu.model.json;

/** A text is no JSON, or more of it than the reader takes. The message names line and column. */
public final class JsonSyntaxException extends Exception {
    public JsonSyntaxException(String message) {
        super(message);
    }
}
