package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.model.Version;

/**
 * Entries as of the newest of some decided blocks that are not committed yet, laid over the committed state. For one thread.
 *
 * <p>What is added stays until the overlay is dropped; an overlay is made for a run of blocks.
 */
public final class StateOverlay implements StateReader {
    private final StateReader committed;
    private final Map<StateKey, StateWrite> writes = new HashMap<>();
    private final Set<String> namespacesWithMetadata = new HashSet<>();

    public StateOverlay(StateReader committed) {
        this.committed = committed;
    }

    /** Lays a decided block's effects over the others. */
    public void add(ValidatedBlock block) {
        for (StateWrite write : block.writes()) {
            writes.put(write.key(), write);
            if (!write.metadata().isEmpty()) {
                namespacesWithMetadata.add(write.key().namespace());
            }
        }
    }

    /** Hides entries that end with the newest block, which does not write them. */
    public void remove(Collection<StateKey> keys) {
        for (StateKey key : keys) {
            writes.put(key, new StateWrite(key, ByteString.EMPTY, ByteString.EMPTY, true, new Version(0, 0)));
        }
    }

    @Override
    public Map<StateKey, VersionedValue> getAll(Collection<StateKey> keys) {
        Map<StateKey, VersionedValue> found = new HashMap<>();
        List<StateKey> below = new ArrayList<>();
        for (StateKey key : keys) {
            StateWrite write = writes.get(key);
            if (write == null) {
                below.add(key);
            } else if (!write.delete()) {
                found.put(key, new VersionedValue(write.value(), write.metadata(), write.version()));
            }
        }
        if (!below.isEmpty()) {
            found.putAll(committed.getAll(below));
        }
        return found;
    }

    @Override
    public boolean mayHoldMetadata(String namespace) {
        return namespacesWithMetadata.contains(namespace) || committed.mayHoldMetadata(namespace);
    }
}
