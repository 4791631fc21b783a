package org.jangbu.msp.policy;

/** A policy message that cannot be evaluated: another version, an index beyond its identities, an empty rule. */
public final class PolicyException extends Exception {
    public PolicyException(String message) {
        super(message);
    }

    public PolicyException(String message, Throwable cause) {
        super(message, cause);
    }
}
