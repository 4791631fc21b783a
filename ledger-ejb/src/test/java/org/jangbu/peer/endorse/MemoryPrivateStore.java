package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.Expiry;
import org.jangbu.ledger.privatedata.HeldChanges;
import org.jangbu.ledger.privatedata.Lifetime;
import org.jangbu.ledger.privatedata.PrivateStore;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.privatedata.PrivateWrite;
import org.jangbu.ledger.state.AtHeight;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.Utf8Order;
import org.jangbu.model.Version;

/** Private values in memory, of which none ends. */
final class MemoryPrivateStore implements PrivateStore {
    private final MemoryLedger ledger;
    private final Map<StateKey, PrivateValue> values = new HashMap<>();
    private final Map<StateKey, Version> purges = new HashMap<>();
    private final List<PrivateWrite> history = new ArrayList<>();

    MemoryPrivateStore(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    synchronized void apply(HeldChanges changes) {
        changes.removed().forEach(values::remove);
        values.putAll(changes.values());
        purges.putAll(changes.purged());
        history.addAll(changes.writes());
    }

    synchronized void put(StateKey hashed, PrivateValue value) {
        values.put(hashed, value);
    }

    @Override
    public synchronized Map<StateKey, PrivateValue> values(Collection<StateKey> hashedKeys) {
        ledger.beforeReading();
        return hashedKeys.stream().filter(values::containsKey).collect(Collectors.toMap(k -> k, values::get));
    }

    @Override
    public synchronized AtHeight<List<PrivateValue>> range(
            CollectionName collection, String start, String end, int limit) {
        ledger.beforeReading();
        Comparator<String> order = Utf8Order.COMPARATOR;
        List<PrivateValue> found = values.entrySet().stream()
                .filter(entry -> CollectionName.of(entry.getKey()).equals(collection))
                .map(Map.Entry::getValue)
                .filter(value -> order.compare(value.key(), start) >= 0
                        && (end.isEmpty() || order.compare(value.key(), end) < 0))
                .sorted((a, b) -> order.compare(a.key(), b.key()))
                .limit(limit)
                .toList();
        return new AtHeight<>(ledger.height(), found);
    }

    /** All that a collection holds, under the namespace of its chaincode. */
    AtHeight<List<WorldState.Entry>> documents(String namespace) {
        CollectionName collection = CollectionName.of(new StateKey(namespace, ""));
        AtHeight<List<PrivateValue>> all = range(collection, "", "", Integer.MAX_VALUE);
        return new AtHeight<>(
                all.height(),
                all.value().stream()
                        .map(value -> new WorldState.Entry(
                                new StateKey(collection.chaincode(), value.key()),
                                new VersionedValue(value.value(), ByteString.EMPTY, value.version())))
                        .toList());
    }

    @Override
    public synchronized List<PrivateWrite> writes(CollectionName collection, long block, int position) {
        return history.stream()
                .filter(write -> write.version().equals(new Version(block, position))
                        && CollectionName.of(write.hashed()).equals(collection))
                .toList();
    }

    @Override
    public synchronized Map<StateKey, Version> purges(Collection<StateKey> hashedKeys) {
        return hashedKeys.stream().filter(purges::containsKey).collect(Collectors.toMap(k -> k, purges::get));
    }

    @Override
    public long nextExpiry() {
        return Lifetime.NEVER;
    }

    @Override
    public List<Expiry> expiring(long block) {
        return List.of();
    }
}
