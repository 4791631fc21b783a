package org.jangbu.ledger.state;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The world state: a bounded cache before a store. Whatever one call returns is of one height, although cache and store change one after
 * the other: where they differ, all is read again from the store, whose one query sees one height.
 */
public final class CachedWorldState implements WorldState {
    private final StateStore store;
    private final StateCache cache;
    private final CommittedHeight committed;
    private final Set<String> namespacesWithMetadata = ConcurrentHashMap.newKeySet();

    /**
     * A state over a store.
     *
     * @param committed the height that readers may see; that of the store, now
     * @param cacheBytes about how much memory the cache may take
     */
    public CachedWorldState(StateStore store, CommittedHeight committed, long cacheBytes) {
        this.store = store;
        this.committed = committed;
        this.cache = new StateCache(cacheBytes, committed.get());
        namespacesWithMetadata.addAll(store.namespacesWithMetadata());
    }

    @Override
    public Optional<VersionedValue> get(StateKey key) {
        return Optional.ofNullable(getAll(List.of(key)).get(key));
    }

    @Override
    public Map<StateKey, VersionedValue> getAll(Collection<StateKey> keys) {
        List<StateKey> possible =
                keys.stream().filter(key -> key.problem().isEmpty()).toList();
        AtHeight<Map<StateKey, Optional<VersionedValue>>> cached = cache.lookup(possible);
        List<StateKey> missing = possible.stream()
                .filter(key -> !cached.value().containsKey(key))
                .toList();
        if (missing.isEmpty()) {
            committed.await(cached.height());
            return existing(cached.value());
        }
        AtHeight<Map<StateKey, VersionedValue>> read = store.entries(missing);
        Map<StateKey, VersionedValue> result;
        if (read.height() == cached.height() || cached.value().isEmpty()) {
            cache.fill(missing, read);
            result = existing(cached.value());
            result.putAll(read.value());
        } else {
            read = store.entries(possible);
            cache.fill(possible, read);
            result = read.value();
        }
        committed.await(read.height());
        return result;
    }

    @Override
    public List<Entry> range(String namespace, String start, String end, int limit) {
        AtHeight<List<Entry>> read = store.range(namespace, start, end, limit);
        committed.await(read.height());
        return read.value();
    }

    @Override
    public boolean mayHoldMetadata(String namespace) {
        return namespacesWithMetadata.contains(namespace);
    }

    /** Takes over what a block changed. The store has it already; the height is published afterwards, by the caller. */
    public void advance(long height, List<StateChange> changes) {
        for (StateChange change : changes) {
            if (change.value() != null && !change.value().metadata().isEmpty()) {
                namespacesWithMetadata.add(change.key().namespace());
            }
        }
        cache.advance(height, changes);
    }

    private static Map<StateKey, VersionedValue> existing(Map<StateKey, Optional<VersionedValue>> cached) {
        Map<StateKey, VersionedValue> existing = new HashMap<>();
        cached.forEach((key, entry) -> entry.ifPresent(value -> existing.put(key, value)));
        return existing;
    }
}
