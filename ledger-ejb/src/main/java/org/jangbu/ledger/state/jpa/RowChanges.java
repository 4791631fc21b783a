package org.jangbu.ledger.state.jpa;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.Version;
import org.jspecify.annotations.Nullable;

/**
 * What one or several blocks in a row make of the rows of a ledger: each key once, in key order. Counts updates, so that the row's version
 * grows as if each block had been written by itself.
 */
public final class RowChanges {
    private final Map<StateKey, Row> rows = new TreeMap<>();

    /** Adds one block's write; later ones replace earlier ones of the same key. */
    public void put(StateKey key, ByteString value, ByteString metadata, Version version) {
        rows.merge(key, new Row(key, false, 1, new Content(value, metadata, version)), Row::then);
    }

    /** Adds one block's deletion. */
    public void delete(StateKey key) {
        rows.merge(key, new Row(key, true, 0, null), Row::then);
    }

    /** Keys whose present row goes, for good or to be made anew. */
    List<StateKey> removed() {
        return rows.values().stream().filter(Row::removed).map(Row::key).toList();
    }

    /** Rows to be inserted or updated. */
    List<Row> written() {
        List<Row> written = new ArrayList<>(rows.size());
        for (Row row : rows.values()) {
            if (row.content() != null) {
                written.add(row);
            }
        }
        return written;
    }

    /**
     * What becomes of one row.
     *
     * @param removed whether the row that was there before goes
     * @param updates how many blocks wrote it since
     * @param content what it holds at last; null if it is gone
     */
    record Row(
            StateKey key,
            boolean removed,
            int updates,
            @Nullable Content content) {
        private Row then(Row later) {
            return later.removed ? later : new Row(key, removed, updates + later.updates, later.content);
        }
    }

    /** What a row holds. */
    record Content(ByteString value, ByteString metadata, Version version) {}
}
