package org.jangbu.samples.remittance.app;

/** The contract, the ledger or the server said no; the message says why, in words for people. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
