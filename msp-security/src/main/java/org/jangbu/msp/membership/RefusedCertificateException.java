package org.jangbu.msp.membership;

import org.jangbu.msp.identity.IdentityException;

/** A certificate that an MSP's rules refuse: the reason and the words that become an {@link IdentityException}. */
final class RefusedCertificateException extends Exception {
    private final IdentityException.Reason reason;

    RefusedCertificateException(IdentityException.Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    RefusedCertificateException(String message) {
        this(IdentityException.Reason.INVALID, message);
    }

    RefusedCertificateException(String message, Throwable cause) {
        super(message, cause);
        this.reason = IdentityException.Reason.INVALID;
    }

    IdentityException.Reason reason() {
        return reason;
    }
}
