package org.jangbu.ledger.privatedata.jpa;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.FoundSet;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.privatedata.MissingSets;
import org.jangbu.ledger.privatedata.PrivateHashes;
import org.jangbu.ledger.state.jpa.UnitOfWork;
import org.jangbu.model.TxId;

/** The missing private sets of one ledger in PostgreSQL. */
public final class JpaMissingSets implements MissingSets {
    /** One look into the index for each collection, however many sets of it are missing. */
    private static final String COLLECTIONS = """
            WITH RECURSIVE c AS (
                (SELECT m.chaincode, m.collection FROM ledger.private_missing m WHERE m.ledger = ?1
                    ORDER BY m.chaincode, m.collection LIMIT 1)
                UNION ALL
                SELECT n.chaincode, n.collection FROM c CROSS JOIN LATERAL (
                    SELECT m.chaincode, m.collection FROM ledger.private_missing m
                    WHERE m.ledger = ?1 AND (m.chaincode, m.collection) > (c.chaincode, c.collection)
                    ORDER BY m.chaincode, m.collection LIMIT 1) n)
            SELECT c.chaincode, c.collection FROM c""";

    private static final String COLUMNS =
            "SELECT m.block, m.tx, m.tx_id, m.chaincode, m.collection, m.hash FROM ledger.private_missing m";
    private static final String OF =
            COLUMNS + " WHERE m.ledger = ?1 AND m.chaincode = ?2 AND m.collection = ?3 ORDER BY m.block, m.tx";
    private static final String DUE = COLUMNS + """
             JOIN unnest(?2, ?3) AS k(chaincode, collection) ON m.chaincode = k.chaincode AND m.collection = k.collection
            WHERE m.ledger = ?1 AND m.retry <= now() ORDER BY m.block DESC, m.tx DESC, m.chaincode, m.collection""";
    private static final String POSTPONE = """
            UPDATE ledger.private_missing m
            SET tries = least(m.tries + 1, 30),
                retry = now() + least(?7 * power(2, m.tries), ?8) * interval '1 millisecond'
            FROM unnest(?2, ?3, ?4, ?5, ?6) AS k(block, tx, chaincode, collection, hash)
            WHERE m.ledger = ?1 AND m.block = k.block AND m.tx = k.tx AND m.chaincode = k.chaincode AND m.collection = k.collection
                AND m.hash = k.hash""";

    private final UnitOfWork work;
    private final int ledger;

    /** The missing sets of the ledger with that number. */
    public JpaMissingSets(UnitOfWork work, int ledger) {
        this.work = work;
        this.ledger = ledger;
    }

    @Override
    public List<CollectionName> collections() {
        List<Object[]> rows = work.read(
                manager -> Rows.of(manager.createNativeQuery(COLLECTIONS).setParameter(1, ledger)));
        return rows.stream()
                .map(row -> new CollectionName(String.valueOf(row[0]), String.valueOf(row[1])))
                .toList();
    }

    @Override
    public List<MissingSet> of(CollectionName collection, int limit) {
        return sets(work.read(manager -> Rows.of(manager.createNativeQuery(OF)
                .setParameter(1, ledger)
                .setParameter(2, collection.chaincode())
                .setParameter(3, collection.collection())
                .setMaxResults(limit))));
    }

    @Override
    public List<MissingSet> due(List<CollectionName> collections, int limit) {
        if (collections.isEmpty()) {
            return List.of();
        }
        return sets(work.read(manager -> Rows.of(manager.createNativeQuery(DUE)
                .setParameter(1, ledger)
                .setParameter(2, Rows.texts(collections, CollectionName::chaincode))
                .setParameter(3, Rows.texts(collections, CollectionName::collection))
                .setMaxResults(limit))));
    }

    private static List<MissingSet> sets(List<Object[]> rows) {
        return rows.stream()
                .map(row -> new MissingSet(
                        Rows.number(row[0]),
                        new PrivateHashes.Expected(
                                (int) Rows.number(row[1]),
                                new TxId(String.valueOf(row[2])),
                                String.valueOf(row[3]),
                                String.valueOf(row[4]),
                                Rows.bytes(row[5]))))
                .toList();
    }

    @Override
    public int fill(List<FoundSet> sets) {
        List<FoundSet> taken = new ArrayList<>();
        if (!sets.isEmpty()) {
            work.write(manager -> fill(manager, sets, taken));
        }
        return taken.size();
    }

    private void fill(EntityManager manager, List<FoundSet> sets, List<FoundSet> taken) {
        FoundStatements statements = new FoundStatements(manager, ledger);
        statements.lock();
        taken.addAll(statements.stillMissing(sets));
        statements.fill(taken);
    }

    @Override
    public void postpone(List<MissingSet> sets, Duration first, Duration longest) {
        if (!sets.isEmpty()) {
            work.write(manager -> postpone(manager, sets, first, longest));
        }
    }

    private void postpone(EntityManager manager, List<MissingSet> sets, Duration first, Duration longest) {
        new FoundStatements(manager, ledger).lock();
        manager.createNativeQuery(POSTPONE)
                .setParameter(1, ledger)
                .setParameter(2, Rows.longs(sets, MissingSet::block))
                .setParameter(3, Rows.ints(sets, set -> set.expected().position()))
                .setParameter(4, Rows.texts(sets, set -> set.expected().chaincode()))
                .setParameter(5, Rows.texts(sets, set -> set.expected().collection()))
                .setParameter(6, Rows.bytes(sets, set -> set.expected().hash().toByteArray()))
                .setParameter(7, (double) first.toMillis())
                .setParameter(8, (double) longest.toMillis())
                .executeUpdate();
    }
}
