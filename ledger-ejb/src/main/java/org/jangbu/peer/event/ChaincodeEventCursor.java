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
    private Optional<TxId> after;
    private long next;

    /**
     * A cursor.
     *
     * @param start number of the first block to look at
     * @param after only what comes behind this transaction of the first block; empty for everything
     */
    public ChaincodeEventCursor(FollowedChain chain, String chaincode, long start, Optional<TxId> after) {
        this.chain = chain;
        this.chaincode = chaincode;
        this.next = start;
        this.after = after;
    }

    /** A block that was looked at; most have no such event. */
    public record Seen(long blockNumber, List<ChaincodeEvent> events) {}

    /** Looks at the next block; empty if it does not exist yet. */
    public Optional<Seen> poll() {
        Optional<Block> block = Long.compareUnsigned(next, chain.height()) < 0 ? chain.block(next) : Optional.empty();
        return block.map(found -> {
            Seen seen = new Seen(
                    next,
                    ChaincodeEvents.of(found, after).stream()
                            .filter(event -> event.getChaincodeId().equals(chaincode))
                            .toList());
            after = Optional.empty();
            next++;
            return seen;
        });
    }

    /** Has {@code wake} called when there may be a further block. */
    public Growth.Registration follow(Runnable wake) {
        return chain.follow(wake);
    }
}
