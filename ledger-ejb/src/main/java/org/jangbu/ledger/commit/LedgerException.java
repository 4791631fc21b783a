package org.jangbu.ledger.commit;

import org.jangbu.model.LedgerId;

/** A ledger cannot go on: a broken or foreign file, a database that fails, a block out of order. Never a verdict on a transaction. */
public class LedgerException extends Exception {
    private final LedgerId ledger;
    private final boolean transientFailure;

    public LedgerException(LedgerId ledger, boolean transientFailure, String message, Throwable cause) {
        super(ledger + ": " + message, cause);
        this.ledger = ledger;
        this.transientFailure = transientFailure;
    }

    public LedgerException(LedgerId ledger, String message) {
        super(ledger + ": " + message);
        this.ledger = ledger;
        this.transientFailure = false;
    }

    public LedgerId ledger() {
        return ledger;
    }

    /** Whether trying again may help: the database is away, the disk is full. Otherwise the channel halts on this node. */
    public boolean isTransient() {
        return transientFailure;
    }
}
