package org.jangbu.msp.ca;

/** The registry cannot be read or written; nothing is known of what was asked. */
public final class RegistryException extends RuntimeException {
    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }

    public RegistryException(String message) {
        super(message);
    }
}
