package org.jangbu.msp.realm;

/** The store of managed identities cannot be used: another secret, files that were changed, a disk that fails. Holds no secret. */
public final class IdentityStoreException extends RuntimeException {
    public IdentityStoreException(String message) {
        super(message);
    }

    public IdentityStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
