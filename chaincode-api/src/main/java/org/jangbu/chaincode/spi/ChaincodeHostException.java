package org.jangbu.chaincode.spi;

/** The peer refuses what a contract asked of it; the message is for the contract's author. */
public final class ChaincodeHostException extends RuntimeException {
    public ChaincodeHostException(String message) {
        super(message);
    }

    public ChaincodeHostException(String message, Throwable cause) {
        super(message, cause);
    }
}
