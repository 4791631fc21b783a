package org.jangbu.chaincode.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jangbu.chaincode.spi.ChaincodeHost.Modification;
import org.jspecify.annotations.Nullable;

/**
 * The committed state of one chaincode: public and private values, metadata, history. A transaction reads it through a {@link Simulation} and changes it
 * only by a commit.
 */
public final class InMemoryLedger {
    private static final Comparator<String> BYTE_ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));

    private final Map<String, NavigableMap<String, Entry>> collections = new HashMap<>();
    private final Map<String, List<Modification>> history = new HashMap<>();

    /** A value and its metadata. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(byte @Nullable [] value, Map<String, byte[]> metadata) {}

    /** A transaction's view of the state as it is now. */
    public Simulation simulate() {
        return new Simulation(this);
    }

    /** Applies what a transaction wrote. */
    public void commit(Simulation simulation, String txId, Instant timestamp) {
        for (Write write : simulation.writes()) {
            NavigableMap<String, Entry> collection = collection(write.collection());
            Entry before = collection.getOrDefault(write.key(), new Entry(null, Map.of()));
            Entry after = write.applyTo(before);
            if (after.value() == null) {
                collection.remove(write.key());
            } else {
                collection.put(write.key(), after);
            }
        }
        simulation
                .finalPublicValues()
                .forEach((key, value) -> history.computeIfAbsent(key, k -> new ArrayList<>())
                        .add(new Modification(txId, value, timestamp, value.length == 0)));
    }

    @Nullable
    Entry entry(String collection, String key) {
        return collection(collection).get(key);
    }

    NavigableMap<String, Entry> range(String collection, String start, String end) {
        NavigableMap<String, Entry> from = collection(collection).tailMap(start, true);
        return end.isEmpty() || BYTE_ORDER.compare(start, end) > 0
                ? (end.isEmpty() ? from : Collections.emptyNavigableMap())
                : from.headMap(end, false);
    }

    List<Modification> newestFirst(String key) {
        List<Modification> found = new ArrayList<>(history.getOrDefault(key, List.of()));
        Collections.reverse(found);
        return found;
    }

    private NavigableMap<String, Entry> collection(String name) {
        return collections.computeIfAbsent(name, n -> new TreeMap<>(BYTE_ORDER));
    }
}
