package org.jangbu.msp.realm;

/** Whether somebody may sign in cannot be found out now; that may pass. */
public final class SignInUnavailableException extends RuntimeException {
    public SignInUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
