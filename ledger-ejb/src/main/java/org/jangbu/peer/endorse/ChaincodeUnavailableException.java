package org.jangbu.peer.endorse;

/** A chaincode is defined on a channel but cannot be run by this peer; the message says what its operator has to do. */
public final class ChaincodeUnavailableException extends Exception {
    public ChaincodeUnavailableException(String message) {
        super(message);
    }

    public ChaincodeUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
