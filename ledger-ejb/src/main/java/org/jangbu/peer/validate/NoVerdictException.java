package org.jangbu.peer.validate;

/**
 * A transaction cannot be judged by this peer now, since a plug-in that its chaincode's definition names gives no decision. Others may judge
 * it, so calling it invalid would be wrong; the block waits until the plug-in can be used.
 */
public final class NoVerdictException extends RuntimeException {
    private final String text;
    private final String why;

    /** @param why what is wrong with the plug-in, whichever transaction it was asked about */
    NoVerdictException(String message, String why, Throwable cause) {
        super(message, cause);
        this.text = message;
        this.why = why;
    }

    /** What is wrong with the plug-in. */
    public String why() {
        return why;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
