package org.jangbu.peer.validate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.Utf8Order;
import org.jangbu.model.Version;

/** What the valid transactions of a block have written so far, laid over the state before it: only where and at which version. */
final class StateOverlay {
    private final CommittedEntries committed;
    private final Map<String, NavigableMap<String, Optional<Version>>> namespaces = new HashMap<>();

    StateOverlay(CommittedEntries committed) {
        this.committed = committed;
    }

    /** Whether a transaction of this block has written the key, a delete included. */
    boolean touches(StateKey key) {
        NavigableMap<String, Optional<Version>> keys = namespaces.get(key.namespace());
        return keys != null && keys.containsKey(key.key());
    }

    /** Keys of a namespace that this block has written, in byte order; empty where it was deleted. */
    NavigableMap<String, Optional<Version>> of(String namespace) {
        NavigableMap<String, Optional<Version>> keys = namespaces.get(namespace);
        return keys == null ? new TreeMap<>(Utf8Order.COMPARATOR) : keys;
    }

    /** Lays the writes of a valid transaction over it: a delete wins over metadata, metadata alone needs a key that is there. */
    void apply(ReadWriteSet set, Version version) {
        Map<StateKey, WrittenKeys.Kind> writes = new LinkedHashMap<>();
        for (ReadWriteSet.Namespace namespace : set.namespaces()) {
            WrittenKeys.forEach(namespace, write -> writes.merge(write.key(), write.kind(), StateOverlay::later));
        }
        writes.forEach((key, kind) -> {
            switch (kind) {
                case DELETE -> put(key, Optional.empty());
                case VALUE -> put(key, Optional.of(version));
                case METADATA -> {
                    if (exists(key)) {
                        put(key, Optional.of(version));
                    }
                }
            }
        });
    }

    private static WrittenKeys.Kind later(WrittenKeys.Kind first, WrittenKeys.Kind second) {
        return second == WrittenKeys.Kind.METADATA ? first : second;
    }

    private boolean exists(StateKey key) {
        return touches(key)
                ? of(key.namespace()).getOrDefault(key.key(), Optional.empty()).isPresent()
                : committed.get(key) != null;
    }

    private void put(StateKey key, Optional<Version> version) {
        namespaces
                .computeIfAbsent(key.namespace(), name -> new TreeMap<>(Utf8Order.COMPARATOR))
                .put(key.key(), version);
    }
}
