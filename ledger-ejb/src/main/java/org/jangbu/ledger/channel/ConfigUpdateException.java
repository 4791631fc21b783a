package org.jangbu.ledger.channel;

/** An update of a channel's configuration that is refused; the message says which element and why. */
public final class ConfigUpdateException extends Exception {
    public ConfigUpdateException(String message) {
        super(message);
    }

    public ConfigUpdateException(String message, Throwable cause) {
        super(message, cause);
    }
}
