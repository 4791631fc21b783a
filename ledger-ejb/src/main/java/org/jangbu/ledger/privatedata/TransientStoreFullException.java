package org.jangbu.ledger.privatedata;

/** Too many private sets wait for their transactions. */
public class TransientStoreFullException extends Exception {
    public TransientStoreFullException(String message) {
        super(message);
    }
}
