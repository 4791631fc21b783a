package org.jangbu.msp.identity;

import org.jspecify.annotations.Nullable;

/** An identity that cannot be accepted; the message says why, in words fit for its owner and for a log. */
public final class IdentityException extends Exception {
    /** Why an identity is refused. */
    public enum Reason {
        /** The bytes are no SerializedIdentity with one readable X.509 certificate with an ECDSA key. */
        MALFORMED,
        /** No MSP of that id belongs to the channel. */
        UNKNOWN_MSP,
        /** The certificate does not chain to the MSP's roots, is a CA, or has the wrong organisational units. */
        INVALID,
        /** The certificate stands on a revocation list of its MSP. */
        REVOKED,
        /** The certificate is outside its validity; told only where the wall clock counts. */
        EXPIRED
    }

    private final Reason reason;

    public IdentityException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public IdentityException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why it is refused. */
    public Reason reason() {
        return reason;
    }
}
