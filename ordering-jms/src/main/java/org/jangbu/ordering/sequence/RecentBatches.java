package org.jangbu.ordering.sequence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How many parts of recent batches stand in published blocks. Parts are published in order, so a count says it all. Bounded: the oldest
 * batches are forgotten.
 */
final class RecentBatches {
    /** As many as the broker remembers duplicate ids for an address. */
    static final int MOST = 20_000;

    private final Map<UUID, Integer> parts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Integer> eldest) {
            return size() > MOST;
        }
    };

    void add(BatchPart part) {
        parts.merge(part.batch(), part.part() + 1, Math::max);
    }

    /** How many parts of the batch are published. */
    int published(UUID batch) {
        return parts.getOrDefault(batch, 0);
    }
}
