package org.jangbu.chaincode.packaging;

/** Bytes are no chaincode package, or none that is accepted here; the message says why, for whoever sent them. */
public final class ChaincodePackageException extends Exception {
    public ChaincodePackageException(String message) {
        super(message);
    }

    public ChaincodePackageException(String message, Throwable cause) {
        super(message, cause);
    }
}
