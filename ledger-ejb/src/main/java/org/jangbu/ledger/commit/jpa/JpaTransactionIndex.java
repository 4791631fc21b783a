package org.jangbu.ledger.commit.jpa;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.ledger.state.jpa.UnitOfWork;
import org.jangbu.model.TxId;

/** The transaction index of one ledger. */
final class JpaTransactionIndex implements TransactionIndex {
    private static final String KNOWN = "SELECT tx_id FROM ledger.transactions WHERE ledger = ?1 AND tx_id = ANY (?2)";

    private final UnitOfWork work;
    private final int ledger;

    JpaTransactionIndex(UnitOfWork work, int ledger) {
        this.work = work;
        this.ledger = ledger;
    }

    @Override
    public Optional<Entry> find(TxId txId) {
        return work.read(
                manager -> Optional.ofNullable(manager.find(TransactionRow.class, new TransactionRowId(ledger, txId)))
                        .map(row -> row.toEntry(txId)));
    }

    @Override
    public Set<TxId> known(Collection<TxId> txIds) {
        Map<ByteBuffer, TxId> stored = new HashMap<>();
        txIds.forEach(txId -> stored.put(ByteBuffer.wrap(StoredTxId.bytes(txId)), txId));
        byte[][] wanted = stored.keySet().stream().map(ByteBuffer::array).toArray(byte[][]::new);
        List<?> found = work.read(manager -> manager.createNativeQuery(KNOWN)
                .setParameter(1, ledger)
                .setParameter(2, wanted)
                .getResultList());
        Set<TxId> known = new HashSet<>();
        for (Object bytes : found) {
            TxId txId = stored.get(ByteBuffer.wrap((byte[]) bytes));
            if (txId != null) {
                known.add(txId);
            }
        }
        return known;
    }
}
