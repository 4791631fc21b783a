package org.jangbu.peer.endorse;

/** State, history or index failed at a read: the database is away. Carried from where it happened to where it is answered. */
final class LedgerUnreadable extends RuntimeException {
    private final RuntimeException failure;

    LedgerUnreadable(RuntimeException failure) {
        super(failure);
        this.failure = failure;
    }

    RuntimeException failure() {
        return failure;
    }
}
