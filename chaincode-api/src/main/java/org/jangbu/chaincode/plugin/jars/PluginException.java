package org.jangbu.chaincode.plugin.jars;

/** A plug-in gave no decision: it is not here, cannot be loaded, threw, or took too long. What it would have decided is not known. */
public final class PluginException extends Exception {
    private final String text;

    public PluginException(String message) {
        super(message);
        this.text = message;
    }

    public PluginException(String message, Throwable cause) {
        super(message, cause);
        this.text = message;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
