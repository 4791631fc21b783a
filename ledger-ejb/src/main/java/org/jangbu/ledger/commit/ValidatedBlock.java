package org.jangbu.ledger.commit;

import java.time.Instant;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.privatedata.PrivateHashes;
import org.jangbu.model.TxId;

/**
 * A block with its verdicts and what it changes: all that a commit needs.
 *
 * @param block the block as delivered, its TRANSACTIONS_FILTER set by this peer; the ledger adds the commit hash
 * @param transactions one per envelope, in order
 * @param writes the block's final effect, each key once, sorted by namespace and key
 * @param history every write of every valid transaction, in order
 * @param privateHashes the private sets behind its transactions, which are not in it
 */
public record ValidatedBlock(
        Block block,
        List<Outcome> transactions,
        List<StateWrite> writes,
        List<HistoryWrite> history,
        PrivateHashes privateHashes) {
    /** A block without private data. */
    public ValidatedBlock(
            Block block, List<Outcome> transactions, List<StateWrite> writes, List<HistoryWrite> history) {
        this(block, transactions, writes, history, PrivateHashes.NONE);
    }

    public long number() {
        return block.getHeader().getNumber();
    }

    /**
     * One transaction's verdict.
     *
     * @param txId as the envelope states it; empty for unreadable envelopes and most configurations, which the index leaves out
     * @param timestamp of the channel header; the epoch where it is missing or unreadable
     */
    public record Outcome(TxId txId, TxValidationCode code, Instant timestamp) {}
}
