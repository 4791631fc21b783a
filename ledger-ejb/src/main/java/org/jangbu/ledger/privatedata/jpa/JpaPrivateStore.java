package org.jangbu.ledger.privatedata.jpa;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.privatedata.PrivateEffects;
import org.jangbu.ledger.privatedata.PrivateHashes;
import org.jangbu.ledger.privatedata.PrivateStore;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.jpa.UnitOfWork;
import org.jangbu.model.TxId;
import org.jangbu.model.Version;
import org.jspecify.annotations.Nullable;

/** The private values of one ledger in PostgreSQL. */
public final class JpaPrivateStore implements PrivateStore {
    private static final String VALUES = """
            SELECT k.i, v.key, v.value, v.block, v.tx
            FROM unnest(?2, ?3) WITH ORDINALITY AS k(ns, hash, i)
            JOIN ledger.private_values v ON v.ledger = ?1 AND v.ns = k.ns AND v.hash = k.hash""";
    private static final String MISSING = """
            SELECT block, tx, tx_id, chaincode, collection, hash FROM ledger.private_missing
            WHERE ledger = ?1 ORDER BY block, tx, chaincode, collection""";

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
        List<Object[]> rows = work.read(manager -> rows(manager.createNativeQuery(VALUES)
                .setParameter(1, ledger)
                .setParameter(2, ordered.stream().map(StateKey::namespaceBytes).toArray(byte[][]::new))
                .setParameter(3, ordered.stream().map(StateKey::keyBytes).toArray(byte[][]::new))));
        Map<StateKey, PrivateValue> values = new HashMap<>();
        for (Object[] row : rows) {
            values.put(
                    ordered.get(number(row[0]).intValue() - 1),
                    new PrivateValue(
                            bytes(row[1]).toStringUtf8(),
                            bytes(row[2]),
                            new Version(
                                    number(row[3]).longValue(), number(row[4]).longValue())));
        }
        return values;
    }

    @Override
    public List<MissingSet> missing(int limit) {
        List<Object[]> rows = work.read(manager ->
                rows(manager.createNativeQuery(MISSING).setParameter(1, ledger).setMaxResults(limit)));
        List<MissingSet> missing = new ArrayList<>();
        for (Object[] row : rows) {
            missing.add(new MissingSet(
                    number(row[0]).longValue(),
                    new PrivateHashes.Expected(
                            number(row[1]).intValue(),
                            new TxId(String.valueOf(row[2])),
                            String.valueOf(row[3]),
                            String.valueOf(row[4]),
                            bytes(row[5]))));
        }
        return missing;
    }

    /** Writes what blocks in a row leave, within the caller's transaction; nothing is asked or sent where there is nothing. */
    public void write(EntityManager manager, List<PrivateEffects> blocks) {
        Map<StateKey, PrivateValue> values = new HashMap<>();
        Set<StateKey> removed = new LinkedHashSet<>();
        List<MissingSet> missing = new ArrayList<>();
        List<TxId> decided = new ArrayList<>();
        for (PrivateEffects block : blocks) {
            block.removed().forEach(values::remove);
            removed.addAll(block.removed());
            values.putAll(block.values());
            missing.addAll(block.missing());
            decided.addAll(block.decided());
        }
        PrivateStatements statements = new PrivateStatements(manager, ledger);
        statements.remove(List.copyOf(removed));
        statements.put(values);
        statements.missing(missing);
        statements.forget(decided);
    }

    private static Number number(@Nullable Object column) {
        return (Number) java.util.Objects.requireNonNull(column);
    }

    private static ByteString bytes(@Nullable Object column) {
        return column == null ? ByteString.EMPTY : UnsafeByteOperations.unsafeWrap((byte[]) column);
    }

    @SuppressWarnings("unchecked") // JPA: a native query of several columns gives arrays
    private static List<Object[]> rows(Query query) {
        return (List<Object[]>) query.getResultList();
    }
}
