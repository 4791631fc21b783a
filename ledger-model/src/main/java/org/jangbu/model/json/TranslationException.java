package org.jangbu.model.json;

/** A message or its JSON cannot be translated. The message names the place. */
public class TranslationException extends Exception {
    public TranslationException(String message) {
        super(message);
    }

    public TranslationException(String message, Throwable cause) {
        super(message, cause);
    }
}
