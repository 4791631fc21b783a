package org.jangbu.peer.deliver;

import org.jangbu.ledger.commit.ValidatedBlock;
import org.jangbu.model.LedgerId;

/** Is told of each block that a hosted peer has committed. */
public interface CommitListener {
    /**
     * The block is in the ledger, readers see it, and a configuration in it is in force. Called by the committing thread, block after
     * block in their order, so it must not wait; what it throws is logged and harms nobody.
     */
    void committed(LedgerId ledger, ValidatedBlock block);
}
