package org.jangbu.msp.cryptogen;

/** A description of organisations that cannot be used. The message says where and why. */
public final class CryptoConfigException extends Exception {
    public CryptoConfigException(String message) {
        super(message);
    }

    public CryptoConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
