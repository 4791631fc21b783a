package org.jangbu.ledger.state;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entries used last, absent keys included, all as of one height. Bounded by the memory they take; an entry that alone would take a
 * sixteenth of it is left out.
 */
final class StateCache {
    /** About what a key, a value's wrapping and a map's node take beside their bytes. */
    private static final int OVERHEAD = 250;

    private static final int LARGEST_SHARE = 16;

    private final long capacity;
    private final Map<StateKey, Optional<VersionedValue>> entries = new LinkedHashMap<>(1024, 0.75f, true);
    private long size;
    private long height;

    StateCache(long capacity, long height) {
        this.capacity = capacity;
        this.height = height;
    }

    /** What the cache knows of the keys: the empty value for one that does not exist, nothing for one it has not seen. */
    synchronized AtHeight<Map<StateKey, Optional<VersionedValue>>> lookup(Collection<StateKey> keys) {
        Map<StateKey, Optional<VersionedValue>> found = new HashMap<>();
        for (StateKey key : keys) {
            Optional<VersionedValue> entry = entries.get(key);
            if (entry != null) {
                found.put(key, entry);
            }
        }
        return new AtHeight<>(height, found);
    }

    /** Keeps what was read from the store, unless a block has come in between. */
    synchronized void fill(Collection<StateKey> asked, AtHeight<Map<StateKey, VersionedValue>> read) {
        if (read.height() == height) {
            asked.forEach(key -> put(key, Optional.ofNullable(read.value().get(key))));
            shrink();
        }
    }

    /** Takes over a block's changes, all at once. */
    synchronized void advance(long newHeight, List<StateChange> changes) {
        for (StateChange change : changes) {
            put(change.key(), Optional.ofNullable(change.value()));
        }
        height = newHeight;
        shrink();
    }

    private void put(StateKey key, Optional<VersionedValue> entry) {
        Optional<VersionedValue> former = entries.remove(key);
        if (former != null) {
            size -= weight(key, former);
        }
        long weight = weight(key, entry);
        if (weight <= capacity / LARGEST_SHARE) {
            entries.put(key, entry);
            size += weight;
        }
    }

    private void shrink() {
        Iterator<Map.Entry<StateKey, Optional<VersionedValue>>> eldest =
                entries.entrySet().iterator();
        while (size > capacity && eldest.hasNext()) {
            Map.Entry<StateKey, Optional<VersionedValue>> entry = eldest.next();
            size -= weight(entry.getKey(), entry.getValue());
            eldest.remove();
        }
    }

    private static long weight(StateKey key, Optional<VersionedValue> entry) {
        long value =
                entry.map(v -> (long) v.value().size() + v.metadata().size()).orElse(0L);
        return OVERHEAD + key.namespace().length() + 2L * key.key().length() + value;
    }
}
