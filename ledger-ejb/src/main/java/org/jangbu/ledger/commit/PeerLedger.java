package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.history.KeyHistory;
import org.jangbu.ledger.privatedata.Lifetime;
import org.jangbu.ledger.privatedata.MissingSets;
import org.jangbu.ledger.privatedata.PrivateStore;
import org.jangbu.ledger.privatedata.TransientStore;
import org.jangbu.ledger.query.Documents;
import org.jangbu.ledger.query.QueryIndexes;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.LedgerId;

/**
 * One peer's copy of a channel's ledger: block files, world state, history and index, always at one height. One thread commits; any number
 * read. Opening it has repaired or refused what a crash left behind.
 *
 * <p>Reads throw {@link org.jangbu.ledger.state.StateUnavailableException} while the database is away, or when a block file cannot be read.
 */
public interface PeerLedger extends AutoCloseable {
    LedgerId id();

    /** Number of blocks committed, the next block's number. Blocks below it can be read, state and history reflect them all. */
    long height();

    /** Hash of the newest block; empty before the genesis block. */
    ByteString currentHash();

    WorldState state();

    KeyHistory history();

    /** The JSON objects in the state, for rich queries. */
    default Documents documents() {
        return Documents.NONE;
    }

    /** The indexes by which rich queries find them. */
    default QueryIndexes indexes() {
        return QueryIndexes.NONE;
    }

    /** The JSON objects among the private values this peer holds; their namespaces are those of their hashes. */
    default Documents privateDocuments() {
        return Documents.NONE;
    }

    /** The indexes by which rich queries find these. */
    default QueryIndexes privateIndexes() {
        return QueryIndexes.NONE;
    }

    /** The private values this peer holds. */
    default PrivateStore privateData() {
        return PrivateStore.EMPTY;
    }

    /** The private sets that did not come in time. */
    default MissingSets missingSets() {
        return MissingSets.NONE;
    }

    /** How long the data of a collection live, by the definitions as they stand now. */
    default Lifetime lifetime(String chaincode, String collection) {
        return Lifetime.UNLIMITED;
    }

    /** Private sets on their way from endorsement to commit. */
    default TransientStore transients() {
        return TransientStore.NONE;
    }

    /** Whether this peer is to hold the values of a collection, by the definitions as they stand now. */
    default boolean isMember(String chaincode, String collection) {
        return false;
    }

    TransactionIndex transactions();

    /** A committed block, with its filter and commit hash. */
    Optional<Block> block(long number);

    /** The committed block of that header hash. */
    Optional<Block> blockByHash(ByteString hash);

    /** Number of the newest committed block with a CONFIG transaction. */
    long lastConfig();

    /**
     * Commits the next block: appends it to the file and forces it, then writes state, history, index and height in one database
     * transaction, together with the private data of the block that wait here. Private data that are missing are noted; they do not keep the
     * block. Returns when readers see it.
     *
     * @throws LedgerException if the block is not the next one, or file or database fail; a failed database leaves a block that is applied
     *     when the call is repeated or the ledger is opened again
     */
    void commit(ValidatedBlock block) throws LedgerException;

    @Override
    void close();
}
