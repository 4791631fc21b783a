package org.jangbu.chaincode.java;

/** A package cannot be run here; the message says why, for whoever installs it. */
public final class ChaincodeDeployException extends Exception {
    public ChaincodeDeployException(String message) {
        super(message);
    }

    public ChaincodeDeployException(String message, Throwable cause) {
        super(message, cause);
    }
}
