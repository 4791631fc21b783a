package org.jangbu.msp.realm;

/** Somebody has proved to know its secret and still may not sign in; the message is for that one. */
public final class SignInRefusedException extends RuntimeException {
    public SignInRefusedException(String message) {
        super(message);
    }

    public SignInRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
