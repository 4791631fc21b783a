package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jangbu.chaincode.plugin.StateEntry;
import org.jangbu.chaincode.plugin.StateView;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jspecify.annotations.Nullable;

/** What one call of a plug-in may read. A failure of the state is remembered, since the plug-in may catch what it is told of it. */
final class StateDoor implements StateView {
    private final WorldState state;
    private volatile @Nullable RuntimeException failure;

    StateDoor(WorldState state) {
        this.state = state;
    }

    @Override
    public Optional<byte[]> get(String namespace, String key) {
        StateKey wanted = publicKey(namespace, key);
        return read(() -> state.get(wanted)).map(VersionedValue::value).map(ByteString::toByteArray);
    }

    @Override
    public List<StateEntry> range(String namespace, String start, String end, int limit) {
        if (limit <= 0 || limit > MOST_ENTRIES) {
            throw new IllegalArgumentException("a limit from 1 to " + MOST_ENTRIES + " is needed, not " + limit);
        }
        publicKey(namespace, start);
        return read(() -> state.range(namespace, start, end, limit)).stream()
                .map(entry ->
                        new StateEntry(entry.key().key(), entry.value().value().toByteArray()))
                .toList();
    }

    /** Does what reads the state. */
    <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (StateUnavailableException e) {
            failure = e;
            throw new IllegalStateException("the state cannot be read just now", e);
        }
    }

    /** Throws what kept the state from being read, if anything did. */
    void throwFailure() {
        RuntimeException broken = failure;
        if (broken != null) {
            throw broken;
        }
    }

    private static StateKey publicKey(String namespace, String key) {
        StateKey wanted = new StateKey(namespace, key);
        if (!wanted.collection().isEmpty()) {
            throw new IllegalArgumentException("only the public state can be read");
        }
        return wanted;
    }
}
