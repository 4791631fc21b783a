package org.jangbu.ledger.privatedata.jpa;

import com.google.protobuf.ByteString;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.Collection;
import java.util.List;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.ledger.privatedata.TransientStore;
import org.jangbu.ledger.privatedata.TransientStoreFullException;
import org.jangbu.ledger.state.jpa.UnitOfWork;
import org.jangbu.model.TxId;

/** Waiting private sets of one ledger in PostgreSQL; a put is a transaction of its own, forced to disk before it returns. */
public final class JpaTransientStore implements TransientStore {
    private static final String AGED = """
            DELETE FROM ledger.private_transient t
            WHERE t.ledger = ?1 AND (t.height < ?2 OR t.received < now() - make_interval(hours => ?3))""";
    private static final String WAITING = """
            SELECT count(*), coalesce(sum(octet_length(t.content)), 0) FROM ledger.private_transient t WHERE t.ledger = ?1""";
    private static final String PUT = """
            INSERT INTO ledger.private_transient (ledger, height, tx_id, chaincode, collection, hash, content)
            SELECT ?1, ?2, u.* FROM unnest(?3, ?4, ?5, ?6, ?7) AS u(tx_id, chaincode, collection, hash, content)
            ON CONFLICT DO NOTHING""";
    private static final String FIND = """
            SELECT t.tx_id, t.chaincode, t.collection, t.content FROM ledger.private_transient t
            WHERE t.ledger = ?1 AND t.tx_id = ANY (?2)""";

    private final UnitOfWork work;
    private final int ledger;
    private final Limits limits;

    /** The waiting sets of the ledger with that number. */
    public JpaTransientStore(UnitOfWork work, int ledger, Limits limits) {
        this.work = work;
        this.ledger = ledger;
        this.limits = limits;
    }

    @Override
    public void put(List<PrivateSet> sets, long height) throws TransientStoreFullException {
        boolean[] full = {false};
        work.write(manager -> {
            manager.createNativeQuery(AGED)
                    .setParameter(1, ledger)
                    .setParameter(2, height - limits.blocks())
                    .setParameter(3, limits.hours())
                    .executeUpdate();
            full[0] = !hasRoom(manager, sets);
            if (!full[0]) {
                insert(manager, sets, height);
            }
        });
        if (full[0]) {
            throw new TransientStoreFullException(
                    "too much private data waits for its transactions to be submitted; try again later");
        }
    }

    private boolean hasRoom(EntityManager manager, List<PrivateSet> sets) {
        Object[] waiting = (Object[])
                manager.createNativeQuery(WAITING).setParameter(1, ledger).getSingleResult();
        long bytes = sets.stream().mapToLong(set -> set.content().size()).sum();
        return ((Number) waiting[0]).longValue() + sets.size() <= limits.sets()
                && ((Number) waiting[1]).longValue() + bytes <= limits.bytes();
    }

    private void insert(EntityManager manager, List<PrivateSet> sets, long height) {
        manager.createNativeQuery(PUT)
                .setParameter(1, ledger)
                .setParameter(2, height)
                .setParameter(3, sets.stream().map(set -> set.txId().value()).toArray(String[]::new))
                .setParameter(4, sets.stream().map(PrivateSet::chaincode).toArray(String[]::new))
                .setParameter(5, sets.stream().map(PrivateSet::collection).toArray(String[]::new))
                .setParameter(
                        6, sets.stream().map(set -> set.hash().toByteArray()).toArray(byte[][]::new))
                .setParameter(
                        7, sets.stream().map(set -> set.content().toByteArray()).toArray(byte[][]::new))
                .executeUpdate();
    }

    @Override
    public List<PrivateSet> find(Collection<TxId> transactions) {
        if (transactions.isEmpty()) {
            return List.of();
        }
        List<Object[]> rows = work.read(manager -> rows(manager.createNativeQuery(FIND)
                .setParameter(1, ledger)
                .setParameter(2, transactions.stream().map(TxId::value).toArray(String[]::new))));
        return rows.stream()
                .map(row -> new PrivateSet(
                        new TxId(String.valueOf(row[0])),
                        String.valueOf(row[1]),
                        String.valueOf(row[2]),
                        ByteString.copyFrom((byte[]) row[3])))
                .toList();
    }

    @SuppressWarnings("unchecked") // JPA: a native query of several columns gives arrays
    private static List<Object[]> rows(Query query) {
        return (List<Object[]>) query.getResultList();
    }
}
