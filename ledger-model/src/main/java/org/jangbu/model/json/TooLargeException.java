package org.jangbu.model.json;

/** The translation became longer than allowed. */
public final class TooLargeException extends TranslationException {
    public TooLargeException(String message) {
        super(message);
    }
}
