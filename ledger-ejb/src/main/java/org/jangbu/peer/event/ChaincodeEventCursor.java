package org.jangbu.peer.event;

import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.jangbu.ledger.block.Growth;
import org.jangbu.model.TxId;

/**
 * Follows the events of one chaincode on one node's copy of a channel. A cursor can be put where an earlier one stopped: at a block, or behind a
 * transaction. For one thread at a time.
 */
public final class ChaincodeEventCursor {
    private final FollowedChain chain;
    private final String chaincode;
    private final Optional<TxId> after;
    private boolean passed;
    private long next;

    /**
     * A cursor.
     *
     * @param start number of the first block to look at
     * @param after only what comes behind this transaction, whose block is the first; empty for everything
     */
    public ChaincodeEventCursor(FollowedChain chain, String chaincode, long start, Optional<TxId> after) {
        this.chain = chain;
        this.chaincode = chaincode;
        this.next = start;
        this.after = after;
        this.passed = after.isEmpty();
    }

    /** A block that was looked at; most have no such event. */
    public record Seen(long blockNumber, List<ChaincodeEvent> events) {}

    /** Looks at the next block; empty if it does not exist yet. */
    public Optional<Seen> poll() {
        Optional<Block> block = Long.compareUnsigned(next, chain.height()) < 0 ? chain.block(next) : Optional.empty();
        return block.map(found -> {
            Seen seen = new Seen(
                    next,
                    ChaincodeEvents.of(found).stream().filter(this::matches).toList());
            // The transaction may have set no event; then all of its block has been seen.
            passed = true;
            next++;
            return seen;
        });
    }

    /** Has {@code wake} called when there may be a further block. */
    public Growth.Registration follow(Runnable wake) {
        return chain.follow(wake);
    }

    private boolean matches(ChaincodeEvent event) {
        if (!passed) {
            passed = after.filter(txId -> txId.value().equals(event.getTxId())).isPresent();
            return false;
        }
        return event.getChaincodeId().equals(chaincode);
    }
}
