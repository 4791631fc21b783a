package org.jangbu.web.oidc;

/** The issuer cannot be asked, or answers what no issuer should; nothing can be said about a token for now. */
public final class IssuerUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public IssuerUnavailableException(String message) {
        super(message);
    }

    public IssuerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
