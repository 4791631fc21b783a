package org.jangbu.ledger.commit;

import java.util.List;
import java.util.Map;
import org.jangbu.ledger.history.KeyHistory;
import org.jangbu.ledger.privatedata.MissingSets;
import org.jangbu.ledger.privatedata.PrivateStore;
import org.jangbu.ledger.privatedata.TransientStore;
import org.jangbu.ledger.query.Documents;
import org.jangbu.ledger.query.QueryIndexes;
import org.jangbu.ledger.state.StateStore;

/**
 * The database side of one ledger: state, history, transaction index and position, all of which its block files can rebuild, and private
 * data, which they cannot.
 *
 * <p>Every method throws {@link org.jangbu.ledger.state.StateUnavailableException} if the database does not answer, or refuses.
 */
public interface LedgerDatabase {
    /** How far the database is. */
    LedgerPosition position();

    /**
     * Writes blocks in one transaction, their effects and the position after the last of them. Returns before that is on disk, unless
     * private data are among it.
     *
     * @param blocks one or more, each following the one before
     * @param before the position that the first of them follows; the write fails if the database is anywhere else
     * @param checksums of each block's record, in the same order
     */
    void write(List<SealedBlock> blocks, LedgerPosition before, List<Integer> checksums);

    /** Checksums of the records of the newest blocks, by number; at most {@code limit}. */
    Map<Long, Integer> checksums(int limit);

    StateStore state();

    /** The private values this peer holds; written with the blocks that bring them. */
    PrivateStore privateData();

    /** The private sets that did not come in time. */
    MissingSets missingSets();

    /** Private sets that wait for their blocks. */
    TransientStore transients();

    KeyHistory history();

    /** The JSON objects in the state, for rich queries. */
    Documents documents();

    /** The indexes by which rich queries find them. */
    QueryIndexes indexes();

    /** The JSON objects among the private values this peer holds; their namespaces are those of their hashes. */
    Documents privateDocuments();

    /** The indexes by which rich queries find these. */
    QueryIndexes privateIndexes();

    TransactionIndex transactions();
}
