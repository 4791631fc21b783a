package org.jangbu.ledger.privatedata.jpa;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.ledger.privatedata.FoundSet;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.privatedata.PrivateWrite;
import org.jangbu.ledger.state.StateUnavailableException;

/** How sets come in that were missing at their commit. All of it runs under a lock that commits take too, so that none comes between. */
final class FoundStatements {
    private static final String LOCK = "SELECT l.height FROM ledger.ledgers l WHERE l.id = ?1 FOR NO KEY UPDATE";
    private static final String TAKE = """
            DELETE FROM ledger.private_missing m USING unnest(?2, ?3, ?4, ?5, ?6) WITH ORDINALITY AS k(block, tx, chaincode, collection, hash, i)
            WHERE m.ledger = ?1 AND m.block = k.block AND m.tx = k.tx AND m.chaincode = k.chaincode AND m.collection = k.collection
                AND m.hash = k.hash
            RETURNING k.i""";

    /** What has been purged at or after it was written stays away. */
    private static final String RECORD = """
            INSERT INTO ledger.private_history (ledger, block, tx, ns, hash, key, kinds, value, expires)
            SELECT ?1, u.block, u.tx, u.ns, u.hash, u.key, u.kinds, u.value, nullif(u.expires, 9223372036854775807)
            FROM unnest(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) AS u(block, tx, ns, hash, key, kinds, value, expires)
            WHERE NOT EXISTS (SELECT 1 FROM ledger.private_purges p WHERE p.ledger = ?1 AND p.ns = u.ns AND p.hash = u.hash
                AND (p.block, p.tx) >= (u.block, u.tx))
            ON CONFLICT DO NOTHING""";

    /** A value is current where the state has its hash; its version is that of the hash, and it ends with the hash. */
    private static final String PUT = """
            INSERT INTO ledger.private_values (ledger, ns, hash, key, value, value_json, block, tx, expires)
            SELECT DISTINCT ON (u.ns, u.hash) ?1, u.ns, u.hash, u.key, u.value, cast(u.json AS jsonb), s.block, s.tx,
                CASE WHEN u.lifetime > 0 AND s.block < 9223372036854775807 - 1 - u.lifetime THEN s.block + u.lifetime + 1 END
            FROM unnest(?2, ?3, ?4, ?5, ?6, ?7) AS u(ns, hash, key, value, json, lifetime)
            JOIN ledger.state s ON s.ledger = ?1 AND s.ns = u.ns AND s.key = u.hash AND s.value = sha256(u.value)
            ON CONFLICT (ledger, ns, hash) DO UPDATE SET value = EXCLUDED.value, value_json = EXCLUDED.value_json,
                block = EXCLUDED.block, tx = EXCLUDED.tx, expires = EXCLUDED.expires""";

    private final EntityManager manager;
    private final int ledger;

    FoundStatements(EntityManager manager, int ledger) {
        this.manager = manager;
        this.ledger = ledger;
    }

    void lock() {
        if (manager.createNativeQuery(LOCK)
                .setParameter(1, ledger)
                .getResultList()
                .isEmpty()) {
            throw new StateUnavailableException("the ledger's row is gone from the database", false);
        }
    }

    /** Strikes sets off the list of those missing; gives those that were on it. */
    List<FoundSet> stillMissing(List<FoundSet> sets) {
        List<MissingSet> missing = sets.stream().map(FoundSet::missing).toList();
        List<?> rows = manager.createNativeQuery(TAKE)
                .setParameter(1, ledger)
                .setParameter(2, Rows.longs(missing, MissingSet::block))
                .setParameter(3, Rows.ints(missing, set -> set.expected().position()))
                .setParameter(4, Rows.texts(missing, set -> set.expected().chaincode()))
                .setParameter(5, Rows.texts(missing, set -> set.expected().collection()))
                .setParameter(
                        6, Rows.bytes(missing, set -> set.expected().hash().toByteArray()))
                .getResultList();
        List<FoundSet> taken = new ArrayList<>();
        rows.forEach(row -> taken.add(sets.get((int) Rows.number(row) - 1)));
        return taken;
    }

    void fill(List<FoundSet> sets) {
        List<Found> found = new ArrayList<>();
        sets.forEach(set -> set.writes().forEach(write -> found.add(new Found(set, write))));
        if (!found.isEmpty()) {
            record(found);
        }
        List<Found> values = found.stream()
                .filter(row -> (row.write().kinds() & PrivateWrite.VALUE) != 0)
                .toList();
        if (!values.isEmpty()) {
            put(values);
        }
    }

    private record Found(FoundSet set, PrivateWrite write) {
        long lifetime() {
            return set.lifetime().blocks();
        }

        byte[] namespace() {
            return write.hashed().namespaceBytes();
        }

        byte[] hash() {
            return write.hashed().keyBytes();
        }

        byte[] key() {
            return write.key().getBytes(StandardCharsets.UTF_8);
        }

        byte[] value() {
            return write.value().toByteArray();
        }
    }

    private void record(List<Found> found) {
        manager.createNativeQuery(RECORD)
                .setParameter(1, ledger)
                .setParameter(2, Rows.longs(found, row -> row.write().version().block()))
                .setParameter(
                        3,
                        Rows.ints(
                                found,
                                row -> Math.toIntExact(row.write().version().tx())))
                .setParameter(4, Rows.bytes(found, Found::namespace))
                .setParameter(5, Rows.bytes(found, Found::hash))
                .setParameter(6, Rows.bytes(found, Found::key))
                .setParameter(7, Rows.ints(found, row -> row.write().kinds()))
                .setParameter(8, Rows.bytes(found, Found::value))
                .setParameter(
                        9,
                        Rows.longs(
                                found,
                                row -> row.set()
                                        .lifetime()
                                        .end(row.write().version().block())))
                .executeUpdate();
    }

    private void put(List<Found> values) {
        manager.createNativeQuery(PUT)
                .setParameter(1, ledger)
                .setParameter(2, Rows.bytes(values, Found::namespace))
                .setParameter(3, Rows.bytes(values, Found::hash))
                .setParameter(4, Rows.bytes(values, Found::key))
                .setParameter(5, Rows.bytes(values, Found::value))
                .setParameter(6, Rows.json(values, row -> row.write().value()))
                .setParameter(7, Rows.longs(values, Found::lifetime))
                .executeUpdate();
    }
}
