package org.jangbu.ledger.state.jpa;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jangbu.ledger.state.AtHeight;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateStore;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.Version;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one ledger. Each read is one statement that also reads the ledger's height, so that both are of one snapshot.
 *
 * <p>The sub-select behind {@code OFFSET 0} makes PostgreSQL look up each key in the index, whatever its statistics say about a table that
 * grows quickly.
 */
public final class JpaStateStore implements StateStore {
    private static final String ENTRIES = """
            SELECT l.height, k.i, s.value, s.metadata, s.block, s.tx
            FROM ledger.ledgers l
            LEFT JOIN (unnest(?2, ?3) WITH ORDINALITY AS k(ns, key, i)
                CROSS JOIN LATERAL (SELECT e.value, e.metadata, e.block, e.tx FROM ledger.state e
                    WHERE e.ledger = ?1 AND e.ns = k.ns AND e.key = k.key OFFSET 0) s) ON true
            WHERE l.id = ?1""";
    private static final String RANGE = """
            SELECT l.height, s.key, s.value, s.metadata, s.block, s.tx
            FROM ledger.ledgers l
            LEFT JOIN LATERAL (SELECT e.key, e.value, e.metadata, e.block, e.tx FROM ledger.state e
                WHERE e.ledger = ?1 AND e.ns = ?2 AND e.key >= ?3 AND (?5 OR e.key < ?4) ORDER BY e.key LIMIT ?6) s ON true
            WHERE l.id = ?1 ORDER BY s.key""";

    private final UnitOfWork work;
    private final int ledger;

    /** The entries of the ledger with that number. */
    public JpaStateStore(UnitOfWork work, int ledger) {
        this.work = work;
        this.ledger = ledger;
    }

    @Override
    public AtHeight<Map<StateKey, VersionedValue>> entries(Collection<StateKey> keys) {
        List<StateKey> ordered = List.copyOf(keys);
        List<Object[]> rows = work.read(manager -> rows(manager.createNativeQuery(ENTRIES)
                .setParameter(1, ledger)
                .setParameter(2, ordered.stream().map(StateKey::namespaceBytes).toArray(byte[][]::new))
                .setParameter(3, ordered.stream().map(StateKey::keyBytes).toArray(byte[][]::new))));
        Map<StateKey, VersionedValue> entries = new HashMap<>();
        for (Object[] row : rows) {
            if (row[1] != null) {
                entries.put(ordered.get(((Number) row[1]).intValue() - 1), value(row));
            }
        }
        return new AtHeight<>(height(rows), entries);
    }

    @Override
    public AtHeight<List<WorldState.Entry>> range(String namespace, String start, String end, int limit) {
        List<Object[]> rows = work.read(manager -> rows(manager.createNativeQuery(RANGE)
                .setParameter(1, ledger)
                .setParameter(2, namespace.getBytes(StandardCharsets.UTF_8))
                .setParameter(3, start.getBytes(StandardCharsets.UTF_8))
                .setParameter(4, end.getBytes(StandardCharsets.UTF_8))
                .setParameter(5, end.isEmpty())
                .setParameter(6, limit)));
        List<WorldState.Entry> entries = new ArrayList<>();
        for (Object[] row : rows) {
            if (row[1] != null) {
                String key = new String((byte[]) row[1], StandardCharsets.UTF_8);
                entries.add(new WorldState.Entry(new StateKey(namespace, key), value(row)));
            }
        }
        return new AtHeight<>(height(rows), entries);
    }

    @Override
    public Set<String> namespacesWithMetadata() {
        List<?> names = work.read(
                manager -> manager.createNativeQuery("SELECT ns FROM ledger.metadata_namespaces WHERE ledger = ?1")
                        .setParameter(1, ledger)
                        .getResultList());
        Set<String> namespaces = new HashSet<>();
        names.forEach(name -> namespaces.add(new String((byte[]) name, StandardCharsets.UTF_8)));
        return namespaces;
    }

    /** Writes changes within the caller's transaction, in a few statements. */
    public void write(EntityManager manager, RowChanges changes) {
        new StateStatements(manager, ledger).write(changes);
    }

    private static VersionedValue value(Object[] row) {
        return new VersionedValue(
                bytes(row[2]),
                bytes(row[3]),
                new Version(((Number) row[4]).longValue(), ((Number) row[5]).longValue()));
    }

    private static ByteString bytes(@Nullable Object column) {
        return column == null ? ByteString.EMPTY : UnsafeByteOperations.unsafeWrap((byte[]) column);
    }

    private static long height(List<Object[]> rows) {
        if (rows.isEmpty()) {
            throw new IllegalStateException("the ledger's row is gone from the database");
        }
        return ((Number) rows.get(0)[0]).longValue();
    }

    @SuppressWarnings("unchecked") // JPA: a native query of several columns gives arrays
    private static List<Object[]> rows(Query query) {
        return (List<Object[]>) query.getResultList();
    }
}
