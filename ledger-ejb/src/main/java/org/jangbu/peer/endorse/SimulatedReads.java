package org.jangbu.peer.endorse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.ledger.state.VersionedValue;

/** What a simulation has read so far, keys, ranges and rich queries, and whether a state still says the same. Not thread-safe. */
final class SimulatedReads {
    private final Map<StateKey, Optional<VersionedValue>> keys = new HashMap<>();
    private final List<RangeRead> ranges = new ArrayList<>();
    private final List<QueryRead> queries = new ArrayList<>();
    private final List<PrivateRangeRead> privateRanges = new ArrayList<>();

    boolean has(StateKey key) {
        return keys.containsKey(key);
    }

    /** What a key that was read held then. */
    Optional<VersionedValue> value(StateKey key) {
        return keys.getOrDefault(key, Optional.empty());
    }

    void add(StateKey key, Optional<VersionedValue> value) {
        keys.put(key, value);
    }

    void add(RangeRead range) {
        ranges.add(range);
    }

    void add(QueryRead query) {
        queries.add(query);
    }

    void add(PrivateRangeRead range) {
        privateRanges.add(range);
    }

    /** In the order of the queries. */
    List<RangeRead> ranges() {
        return ranges;
    }

    int count() {
        return keys.size() + ranges.size() + queries.size() + privateRanges.size();
    }

    /** The newest block that wrote anything of it; -1 if none did. */
    long newestBlock() {
        long ofKeys = keys.values().stream()
                .flatMap(Optional::stream)
                .mapToLong(value -> value.version().block())
                .max()
                .orElse(-1);
        long ofRanges = ranges.stream().mapToLong(RangeRead::newestBlock).max().orElse(-1);
        long ofQueries =
                queries.stream().mapToLong(QueryRead::newestBlock).max().orElse(-1);
        long ofPrivateRanges = privateRanges.stream()
                .mapToLong(PrivateRangeRead::newestBlock)
                .max()
                .orElse(-1);
        return Math.max(Math.max(ofKeys, ofRanges), Math.max(ofQueries, ofPrivateRanges));
    }

    /** Whether reading it all again finds the same versions. */
    boolean hold(StateReader state) {
        return keysHold(state)
                && ranges.stream().allMatch(range -> range.again().info().equals(range.info()))
                && queries.stream().allMatch(QueryRead::holds)
                && privateRanges.stream().allMatch(PrivateRangeRead::holds);
    }

    private boolean keysHold(StateReader state) {
        if (keys.isEmpty()) {
            return true;
        }
        Map<StateKey, VersionedValue> now = state.getAll(keys.keySet());
        return keys.entrySet().stream()
                .allMatch(e -> e.getValue()
                        .map(VersionedValue::version)
                        .equals(Optional.ofNullable(now.get(e.getKey())).map(VersionedValue::version)));
    }
}
