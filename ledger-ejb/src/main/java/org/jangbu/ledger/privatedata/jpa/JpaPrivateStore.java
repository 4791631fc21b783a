package org.jangbu.ledger.privatedata.jpa;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.Expiry;
import org.jangbu.ledger.privatedata.Lifetime;
import org.jangbu.ledger.privatedata.PrivateEffects;
import org.jangbu.ledger.privatedata.PrivateStore;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.privatedata.PrivateWrite;
import org.jangbu.ledger.state.AtHeight;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.ledger.state.jpa.UnitOfWork;
import org.jangbu.model.Version;

/** The private values of one ledger in PostgreSQL. */
public final class JpaPrivateStore implements PrivateStore {
    private static final String VALUES = """
            SELECT k.i, v.key, v.value, v.block, v.tx
            FROM unnest(?2, ?3) WITH ORDINALITY AS k(ns, hash, i)
            JOIN ledger.private_values v ON v.ledger = ?1 AND v.ns = k.ns AND v.hash = k.hash""";
    private static final String RANGE = """
            SELECT l.height, r.key, r.value, r.block, r.tx
            FROM ledger.ledgers l
            LEFT JOIN LATERAL (SELECT v.key, v.value, v.block, v.tx FROM ledger.private_values v
                JOIN ledger.state s ON s.ledger = v.ledger AND s.ns = v.ns AND s.key = v.hash AND s.block = v.block AND s.tx = v.tx
                WHERE v.ledger = ?1 AND v.ns = ?2 AND v.key >= ?3 AND (?5 OR v.key < ?4) ORDER BY v.key LIMIT ?6) r ON true
            WHERE l.id = ?1 ORDER BY r.key""";
    private static final String WRITES = """
            SELECT h.hash, h.key, h.kinds, h.value FROM ledger.private_history h
            WHERE h.ledger = ?1 AND h.block = ?2 AND h.tx = ?3 AND h.ns = ?4 ORDER BY h.key""";
    private static final String PURGES = """
            SELECT k.i, p.block, p.tx FROM unnest(?2, ?3) WITH ORDINALITY AS k(ns, hash, i)
            JOIN ledger.private_purges p ON p.ledger = ?1 AND p.ns = k.ns AND p.hash = k.hash""";
    private static final String NEXT_EXPIRY = "SELECT min(e.expires) FROM ledger.private_expiry e WHERE e.ledger = ?1";
    private static final String EXPIRING =
            "SELECT e.ns, e.hash, e.block, e.expires FROM ledger.private_expiry e WHERE e.ledger = ?1 AND e.expires <= ?2";

    private final UnitOfWork work;
    private final int ledger;

    /** The private values of the ledger with that number. */
    public JpaPrivateStore(UnitOfWork work, int ledger) {
        this.work = work;
        this.ledger = ledger;
    }

    @Override
    public Map<StateKey, PrivateValue> values(Collection<StateKey> hashedKeys) {
        List<StateKey> ordered = List.copyOf(hashedKeys);
        List<Object[]> rows = work.read(manager -> Rows.of(manager.createNativeQuery(VALUES)
                .setParameter(1, ledger)
                .setParameter(2, Rows.namespaces(ordered))
                .setParameter(3, Rows.keys(ordered))));
        Map<StateKey, PrivateValue> values = new HashMap<>();
        for (Object[] row : rows) {
            values.put(ordered.get((int) Rows.number(row[0]) - 1), value(row));
        }
        return values;
    }

    @Override
    public AtHeight<List<PrivateValue>> range(CollectionName collection, String start, String end, int limit) {
        List<Object[]> rows = work.read(manager -> Rows.of(manager.createNativeQuery(RANGE)
                .setParameter(1, ledger)
                .setParameter(2, utf8(collection.namespace()))
                .setParameter(3, utf8(start))
                .setParameter(4, utf8(end))
                .setParameter(5, end.isEmpty())
                .setParameter(6, limit)));
        if (rows.isEmpty()) {
            throw new StateUnavailableException("the ledger's row is gone from the database", false);
        }
        return new AtHeight<>(
                Rows.number(rows.get(0)[0]),
                rows.stream()
                        .filter(row -> row[1] != null)
                        .map(JpaPrivateStore::value)
                        .toList());
    }

    private static PrivateValue value(Object[] row) {
        return new PrivateValue(Rows.bytes(row[1]).toStringUtf8(), Rows.bytes(row[2]), Rows.version(row[3], row[4]));
    }

    @Override
    public List<PrivateWrite> writes(CollectionName collection, long block, int position) {
        List<Object[]> rows = work.read(manager -> Rows.of(manager.createNativeQuery(WRITES)
                .setParameter(1, ledger)
                .setParameter(2, block)
                .setParameter(3, position)
                .setParameter(4, utf8(collection.namespace()))));
        return rows.stream()
                .map(row -> new PrivateWrite(
                        new StateKey(collection.namespace(), Rows.bytes(row[0]).toStringUtf8()),
                        Rows.bytes(row[1]).toStringUtf8(),
                        Rows.version(block, position),
                        (int) Rows.number(row[2]),
                        Rows.bytes(row[3])))
                .toList();
    }

    @Override
    public Map<StateKey, Version> purges(Collection<StateKey> hashedKeys) {
        List<StateKey> ordered = List.copyOf(hashedKeys);
        List<Object[]> rows = work.read(manager -> Rows.of(manager.createNativeQuery(PURGES)
                .setParameter(1, ledger)
                .setParameter(2, Rows.namespaces(ordered))
                .setParameter(3, Rows.keys(ordered))));
        Map<StateKey, Version> purges = new HashMap<>();
        rows.forEach(row -> purges.put(ordered.get((int) Rows.number(row[0]) - 1), Rows.version(row[1], row[2])));
        return purges;
    }

    @Override
    public long nextExpiry() {
        Object next = work.read(manager -> manager.createNativeQuery(NEXT_EXPIRY)
                .setParameter(1, ledger)
                .getResultList()
                .get(0));
        return next == null ? Lifetime.NEVER : Rows.number(next);
    }

    @Override
    public List<Expiry> expiring(long block) {
        List<Object[]> rows = work.read(manager -> Rows.of(
                manager.createNativeQuery(EXPIRING).setParameter(1, ledger).setParameter(2, block)));
        List<Expiry> expiring = new ArrayList<>();
        for (Object[] row : rows) {
            expiring.add(new Expiry(
                    new StateKey(
                            Rows.bytes(row[0]).toStringUtf8(),
                            Rows.bytes(row[1]).toStringUtf8()),
                    Rows.number(row[2]),
                    Rows.number(row[3])));
        }
        return expiring;
    }

    /** Writes what blocks in a row leave, within the caller's transaction; nothing is asked or sent where there is nothing. */
    public void write(EntityManager manager, List<PrivateEffects> blocks) {
        if (!blocks.isEmpty()) {
            new PrivateChanges(blocks).write(new PrivateStatements(manager, ledger));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
