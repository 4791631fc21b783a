package org.jangbu.ledger.privatedata.jpa;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.TxId;

/** The set-based statements of a commit that concern private data. Each is left out where there is nothing for it to do. */
final class PrivateStatements {
    private static final String REMOVE = """
            DELETE FROM ledger.private_values v USING unnest(?2, ?3) AS k(ns, hash)
            WHERE v.ledger = ?1 AND v.ns = k.ns AND v.hash = k.hash""";
    private static final String PUT = """
            INSERT INTO ledger.private_values (ledger, ns, hash, key, value, block, tx)
            SELECT ?1, u.* FROM unnest(?2, ?3, ?4, ?5, ?6, ?7) AS u(ns, hash, key, value, block, tx)
            ON CONFLICT (ledger, ns, hash) DO UPDATE SET value = EXCLUDED.value, block = EXCLUDED.block, tx = EXCLUDED.tx""";
    private static final String MISSING = """
            INSERT INTO ledger.private_missing (ledger, block, tx, chaincode, collection, tx_id, hash)
            SELECT ?1, u.* FROM unnest(?2, ?3, ?4, ?5, ?6, ?7) AS u(block, tx, chaincode, collection, tx_id, hash)
            ON CONFLICT DO NOTHING""";
    private static final String FORGET =
            "DELETE FROM ledger.private_transient t WHERE t.ledger = ?1 AND t.tx_id = ANY (?2)";

    private final EntityManager manager;
    private final int ledger;

    PrivateStatements(EntityManager manager, int ledger) {
        this.manager = manager;
        this.ledger = ledger;
    }

    void remove(List<StateKey> keys) {
        if (!keys.isEmpty()) {
            manager.createNativeQuery(REMOVE)
                    .setParameter(1, ledger)
                    .setParameter(2, keys.stream().map(StateKey::namespaceBytes).toArray(byte[][]::new))
                    .setParameter(3, keys.stream().map(StateKey::keyBytes).toArray(byte[][]::new))
                    .executeUpdate();
        }
    }

    void put(Map<StateKey, PrivateValue> values) {
        if (values.isEmpty()) {
            return;
        }
        List<StateKey> keys = values.keySet().stream().sorted().toList();
        List<PrivateValue> contents = keys.stream().map(values::get).toList();
        manager.createNativeQuery(PUT)
                .setParameter(1, ledger)
                .setParameter(2, keys.stream().map(StateKey::namespaceBytes).toArray(byte[][]::new))
                .setParameter(3, keys.stream().map(StateKey::keyBytes).toArray(byte[][]::new))
                .setParameter(
                        4,
                        contents.stream()
                                .map(value -> value.key().getBytes(StandardCharsets.UTF_8))
                                .toArray(byte[][]::new))
                .setParameter(
                        5,
                        contents.stream()
                                .map(value -> value.value().toByteArray())
                                .toArray(byte[][]::new))
                .setParameter(
                        6,
                        contents.stream()
                                .mapToLong(value -> value.version().block())
                                .toArray())
                .setParameter(
                        7,
                        contents.stream()
                                .mapToInt(
                                        value -> Math.toIntExact(value.version().tx()))
                                .toArray())
                .executeUpdate();
    }

    void missing(List<MissingSet> sets) {
        if (!sets.isEmpty()) {
            manager.createNativeQuery(MISSING)
                    .setParameter(1, ledger)
                    .setParameter(2, sets.stream().mapToLong(MissingSet::block).toArray())
                    .setParameter(
                            3,
                            sets.stream()
                                    .mapToInt(set -> set.expected().position())
                                    .toArray())
                    .setParameter(
                            4,
                            sets.stream().map(set -> set.expected().chaincode()).toArray(String[]::new))
                    .setParameter(
                            5,
                            sets.stream()
                                    .map(set -> set.expected().collection())
                                    .toArray(String[]::new))
                    .setParameter(
                            6,
                            sets.stream()
                                    .map(set -> set.expected().txId().value())
                                    .toArray(String[]::new))
                    .setParameter(
                            7,
                            sets.stream()
                                    .map(set -> set.expected().hash().toByteArray())
                                    .toArray(byte[][]::new))
                    .executeUpdate();
        }
    }

    void forget(List<TxId> decided) {
        if (!decided.isEmpty()) {
            manager.createNativeQuery(FORGET)
                    .setParameter(1, ledger)
                    .setParameter(2, decided.stream().map(TxId::value).toArray(String[]::new))
                    .executeUpdate();
        }
    }
}
