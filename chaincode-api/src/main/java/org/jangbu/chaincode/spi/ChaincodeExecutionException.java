package org.jangbu.chaincode.spi;

/** A chaincode gave no answer to an invocation: out of time, out of memory, or its runtime is gone. */
public class ChaincodeExecutionException extends Exception {
    public ChaincodeExecutionException(String message) {
        super(message);
    }

    public ChaincodeExecutionException(String message, Throwable cause) {
        super(message, cause);
    }
}
