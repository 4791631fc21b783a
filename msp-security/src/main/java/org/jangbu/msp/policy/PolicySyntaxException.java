package org.jangbu.msp.policy;

/** A text that is not a policy. The message says what was expected and where, counting characters from 1. */
public final class PolicySyntaxException extends Exception {
    private final int position;

    public PolicySyntaxException(String message, int position) {
        super(message + " at position " + position);
        this.position = position;
    }

    /** Where, counting characters from 1. */
    public int position() {
        return position;
    }
}
