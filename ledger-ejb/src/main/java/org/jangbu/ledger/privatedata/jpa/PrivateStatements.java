package org.jangbu.ledger.privatedata.jpa;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jangbu.ledger.privatedata.Expiry;
import org.jangbu.ledger.privatedata.HashWrite;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.privatedata.PrivateWrite;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;

/**
 * The set-based statements of a commit that concern private data. Each is left out where there is nothing for it to do. {@link Long#MAX_VALUE}, which
 * means that something never ends, is stored as NULL.
 */
final class PrivateStatements {
    private static final String REMOVE = """
            DELETE FROM ledger.private_values v USING unnest(?2, ?3) AS k(ns, hash)
            WHERE v.ledger = ?1 AND v.ns = k.ns AND v.hash = k.hash""";
    private static final String PURGE_VALUES = """
            DELETE FROM ledger.private_values v USING unnest(?2, ?3, ?4, ?5) AS k(ns, hash, block, tx)
            WHERE v.ledger = ?1 AND v.ns = k.ns AND v.hash = k.hash AND (v.block, v.tx) <= (k.block, k.tx)""";
    private static final String PURGE_HISTORY = """
            DELETE FROM ledger.private_history h USING unnest(?2, ?3, ?4, ?5) AS k(ns, hash, block, tx)
            WHERE h.ledger = ?1 AND h.ns = k.ns AND h.hash = k.hash AND (h.block, h.tx) <= (k.block, k.tx)""";
    private static final String PURGES = """
            INSERT INTO ledger.private_purges (ledger, ns, hash, block, tx)
            SELECT ?1, u.* FROM unnest(?2, ?3, ?4, ?5) AS u(ns, hash, block, tx)
            ON CONFLICT (ledger, ns, hash) DO UPDATE SET block = EXCLUDED.block, tx = EXCLUDED.tx""";
    private static final String KEEP = """
            UPDATE ledger.private_values v SET block = k.block, tx = k.tx, expires = nullif(k.expires, 9223372036854775807)
            FROM unnest(?2, ?3, ?4, ?5, ?6, ?7) AS k(ns, hash, value_hash, block, tx, expires)
            WHERE v.ledger = ?1 AND v.ns = k.ns AND v.hash = k.hash AND sha256(v.value) = k.value_hash""";
    private static final String PUT = """
            INSERT INTO ledger.private_values (ledger, ns, hash, key, value, value_json, block, tx, expires)
            SELECT ?1, u.ns, u.hash, u.key, u.value, cast(u.json AS jsonb), u.block, u.tx, nullif(u.expires, 9223372036854775807)
            FROM unnest(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) AS u(ns, hash, key, value, json, block, tx, expires)
            ON CONFLICT (ledger, ns, hash) DO UPDATE SET value = EXCLUDED.value, value_json = EXCLUDED.value_json,
                block = EXCLUDED.block, tx = EXCLUDED.tx, expires = EXCLUDED.expires""";
    private static final String RECORD = """
            INSERT INTO ledger.private_history (ledger, block, tx, ns, hash, key, kinds, value, expires)
            SELECT ?1, u.block, u.tx, u.ns, u.hash, u.key, u.kinds, u.value, nullif(u.expires, 9223372036854775807)
            FROM unnest(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) AS u(block, tx, ns, hash, key, kinds, value, expires)
            ON CONFLICT DO NOTHING""";
    private static final String MISSING = """
            INSERT INTO ledger.private_missing (ledger, block, tx, chaincode, collection, tx_id, hash, expires)
            SELECT ?1, u.block, u.tx, u.chaincode, u.collection, u.tx_id, u.hash, nullif(u.expires, 9223372036854775807)
            FROM unnest(?2, ?3, ?4, ?5, ?6, ?7, ?8) AS u(block, tx, chaincode, collection, tx_id, hash, expires)
            ON CONFLICT DO NOTHING""";
    private static final String FORGET =
            "DELETE FROM ledger.private_transient t WHERE t.ledger = ?1 AND t.tx_id = ANY (?2)";
    private static final String SCHEDULE = """
            INSERT INTO ledger.private_expiry (ledger, ns, hash, block, expires)
            SELECT ?1, u.* FROM unnest(?2, ?3, ?4, ?5) AS u(ns, hash, block, expires)
            ON CONFLICT (ledger, expires, ns, hash) DO UPDATE SET block = EXCLUDED.block""";
    private static final List<String> END = List.of(
            "DELETE FROM ledger.private_values t WHERE t.ledger = ?1 AND t.expires <= ?2",
            "DELETE FROM ledger.private_history t WHERE t.ledger = ?1 AND t.expires <= ?2",
            "DELETE FROM ledger.private_missing t WHERE t.ledger = ?1 AND t.expires <= ?2",
            "DELETE FROM ledger.private_expiry t WHERE t.ledger = ?1 AND t.expires <= ?2");

    private final EntityManager manager;
    private final int ledger;

    PrivateStatements(EntityManager manager, int ledger) {
        this.manager = manager;
        this.ledger = ledger;
    }

    void remove(Collection<StateKey> keys) {
        if (!keys.isEmpty()) {
            run(REMOVE, Rows.namespaces(keys), Rows.keys(keys));
        }
    }

    /** Removes what keys held up to a version, and remembers that they were purged. */
    void purge(Map<StateKey, Version> purged) {
        if (!purged.isEmpty()) {
            List<StateKey> keys = List.copyOf(purged.keySet());
            List<Version> versions = keys.stream().map(purged::get).toList();
            for (String statement : List.of(PURGE_VALUES, PURGE_HISTORY, PURGES)) {
                run(
                        statement,
                        Rows.namespaces(keys),
                        Rows.keys(keys),
                        Rows.longs(versions, Version::block),
                        Rows.ints(versions, PrivateStatements::tx));
            }
        }
    }

    /** Gives values a new version whose hash has one and is still theirs. */
    void keep(Map<StateKey, PrivateChanges.Ending<HashWrite>> kept) {
        if (!kept.isEmpty()) {
            List<StateKey> keys = List.copyOf(kept.keySet());
            List<PrivateChanges.Ending<HashWrite>> writes =
                    keys.stream().map(kept::get).toList();
            run(
                    KEEP,
                    Rows.namespaces(keys),
                    Rows.keys(keys),
                    Rows.bytes(writes, write -> write.content().valueHash().toByteArray()),
                    Rows.longs(writes, write -> write.content().version().block()),
                    Rows.ints(writes, write -> tx(write.content().version())),
                    Rows.longs(writes, PrivateChanges.Ending::expires));
        }
    }

    void put(Map<StateKey, PrivateChanges.Ending<PrivateValue>> values) {
        if (!values.isEmpty()) {
            List<StateKey> keys = values.keySet().stream().sorted().toList();
            List<PrivateChanges.Ending<PrivateValue>> rows =
                    keys.stream().map(values::get).toList();
            run(
                    PUT,
                    Rows.namespaces(keys),
                    Rows.keys(keys),
                    Rows.bytes(rows, row -> row.content().key().getBytes(StandardCharsets.UTF_8)),
                    Rows.bytes(rows, row -> row.content().value().toByteArray()),
                    Rows.json(rows, row -> row.content().value()),
                    Rows.longs(rows, row -> row.content().version().block()),
                    Rows.ints(rows, row -> tx(row.content().version())),
                    Rows.longs(rows, PrivateChanges.Ending::expires));
        }
    }

    /** Keeps writes for the past; each with the block with which it ends. */
    void record(Map<PrivateWrite, Long> history) {
        if (!history.isEmpty()) {
            List<PrivateWrite> writes = List.copyOf(history.keySet());
            run(
                    RECORD,
                    Rows.longs(writes, write -> write.version().block()),
                    Rows.ints(writes, write -> tx(write.version())),
                    Rows.bytes(writes, write -> write.hashed().namespaceBytes()),
                    Rows.bytes(writes, write -> write.hashed().keyBytes()),
                    Rows.bytes(writes, write -> write.key().getBytes(StandardCharsets.UTF_8)),
                    Rows.ints(writes, PrivateWrite::kinds),
                    Rows.bytes(writes, write -> write.value().toByteArray()),
                    Rows.longs(writes, history::get));
        }
    }

    void missing(Map<MissingSet, Long> missing) {
        if (!missing.isEmpty()) {
            List<MissingSet> sets = List.copyOf(missing.keySet());
            run(
                    MISSING,
                    Rows.longs(sets, MissingSet::block),
                    Rows.ints(sets, set -> set.expected().position()),
                    Rows.texts(sets, set -> set.expected().chaincode()),
                    Rows.texts(sets, set -> set.expected().collection()),
                    Rows.texts(sets, set -> set.expected().txId().value()),
                    Rows.bytes(sets, set -> set.expected().hash().toByteArray()),
                    Rows.longs(sets, missing::get));
        }
    }

    void forget(List<TxId> decided) {
        if (!decided.isEmpty()) {
            run(FORGET, (Object) Rows.texts(decided, TxId::value));
        }
    }

    void schedule(List<Expiry> scheduled) {
        if (!scheduled.isEmpty()) {
            run(
                    SCHEDULE,
                    Rows.bytes(scheduled, expiry -> expiry.key().namespaceBytes()),
                    Rows.bytes(scheduled, expiry -> expiry.key().keyBytes()),
                    Rows.longs(scheduled, Expiry::block),
                    Rows.longs(scheduled, Expiry::expires));
        }
    }

    /** Removes what ends with a block or ended before. */
    void end(long block) {
        for (String statement : END) {
            run(statement, block);
        }
    }

    private static int tx(Version version) {
        return Math.toIntExact(version.tx());
    }

    private void run(String statement, Object... parameters) {
        var query = manager.createNativeQuery(statement).setParameter(1, ledger);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 2, parameters[i]);
        }
        query.executeUpdate();
    }
}
