package org.jangbu.ledger.commit;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.TxId;

/** Where a transaction id first stood in the chain. Any first entry, valid or not, makes later ones duplicates. */
public interface TransactionIndex {
    /** Where the transaction stands and how it was judged. */
    Optional<Entry> find(TxId txId);

    /** Those of the ids that the ledger has already; one query. */
    Set<TxId> known(Collection<TxId> txIds);

    /** The first appearance of a transaction id. */
    record Entry(TxId txId, long block, int position, TxValidationCode code) {}
}
