package org.jangbu.ledger.state.jpa;

import com.google.protobuf.ByteString;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.query.StrictJson;
import org.jspecify.annotations.Nullable;

/** The set-based statements that bring the rows of a ledger to what blocks made of them. */
final class StateStatements {
    private static final String DELETE = """
            DELETE FROM ledger.state s WHERE s.ctid = ANY (ARRAY(
                SELECT t.id FROM unnest(?2, ?3) AS k(ns, key)
                CROSS JOIN LATERAL (SELECT e.ctid AS id FROM ledger.state e
                    WHERE e.ledger = ?1 AND e.ns = k.ns AND e.key = k.key OFFSET 0) t))""";
    private static final String UPSERT = """
            INSERT INTO ledger.state AS s (ledger, ns, key, value, metadata, value_json, block, tx, version)
            SELECT ?1, u.ns, u.key, u.value, u.metadata, cast(u.json AS jsonb), u.block, u.tx, u.updates - 1
            FROM unnest(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) AS u(ns, key, value, metadata, json, block, tx, updates)
            ON CONFLICT (ledger, ns, key) DO UPDATE SET value = EXCLUDED.value, metadata = EXCLUDED.metadata,
                value_json = EXCLUDED.value_json, block = EXCLUDED.block, tx = EXCLUDED.tx,
                version = s.version + EXCLUDED.version + 1""";
    private static final String NAMESPACES = """
            INSERT INTO ledger.metadata_namespaces (ledger, ns) SELECT ?1, unnest(?2) ON CONFLICT DO NOTHING""";

    private final EntityManager manager;
    private final int ledger;

    StateStatements(EntityManager manager, int ledger) {
        this.manager = manager;
        this.ledger = ledger;
    }

    void write(RowChanges changes) {
        List<StateKey> removed = changes.removed();
        if (!removed.isEmpty()) {
            manager.createNativeQuery(DELETE)
                    .setParameter(1, ledger)
                    .setParameter(
                            2, removed.stream().map(StateKey::namespaceBytes).toArray(byte[][]::new))
                    .setParameter(3, removed.stream().map(StateKey::keyBytes).toArray(byte[][]::new))
                    .executeUpdate();
        }
        List<RowChanges.Row> written = changes.written();
        if (!written.isEmpty()) {
            upsert(written);
            namespaces(written);
        }
    }

    private void upsert(List<RowChanges.Row> rows) {
        int count = rows.size();
        byte[][] namespaces = new byte[count][];
        byte[][] keys = new byte[count][];
        byte[][] values = new byte[count][];
        byte @Nullable [][] metadata = new byte[count][];
        @Nullable String[] json = new String[count];
        long[] blocks = new long[count];
        int[] transactions = new int[count];
        int[] updates = new int[count];
        for (int i = 0; i < count; i++) {
            RowChanges.Row row = rows.get(i);
            RowChanges.Content content = Objects.requireNonNull(row.content());
            namespaces[i] = row.key().namespaceBytes();
            keys[i] = row.key().keyBytes();
            values[i] = content.value().toByteArray();
            metadata[i] = orNull(content.metadata());
            json[i] = StrictJson.object(content.value()).orElse(null);
            blocks[i] = content.version().block();
            transactions[i] = Math.toIntExact(content.version().tx());
            updates[i] = row.updates();
        }
        manager.createNativeQuery(UPSERT)
                .setParameter(1, ledger)
                .setParameter(2, namespaces)
                .setParameter(3, keys)
                .setParameter(4, values)
                .setParameter(5, metadata)
                .setParameter(6, json)
                .setParameter(7, blocks)
                .setParameter(8, transactions)
                .setParameter(9, updates)
                .executeUpdate();
    }

    private void namespaces(List<RowChanges.Row> rows) {
        byte[][] namespaces = rows.stream()
                .filter(row -> !Objects.requireNonNull(row.content()).metadata().isEmpty())
                .map(row -> row.key().namespace())
                .distinct()
                .map(namespace -> new StateKey(namespace, "").namespaceBytes())
                .toArray(byte[][]::new);
        if (namespaces.length > 0) {
            manager.createNativeQuery(NAMESPACES)
                    .setParameter(1, ledger)
                    .setParameter(2, namespaces)
                    .executeUpdate();
        }
    }

    private static byte @Nullable [] orNull(ByteString bytes) {
        return bytes.isEmpty() ? null : bytes.toByteArray();
    }
}
