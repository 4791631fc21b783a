package org.jangbu.msp.identity;

/** A private key could not be used: the provider or the token that holds it failed. Never carries key material. */
public final class SigningException extends RuntimeException {
    public SigningException(String message, Throwable cause) {
        super(message, cause);
    }
}
