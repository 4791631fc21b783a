package org.jangbu.web.oidc;

/** A token, or an answer of the issuer, that proves nothing; the message says why, in words fit for the caller, and holds none of it. */
public final class TokenRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public TokenRefusedException(String message) {
        super(message);
    }

    public TokenRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
