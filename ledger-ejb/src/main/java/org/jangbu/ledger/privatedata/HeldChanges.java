package org.jangbu.ledger.privatedata;

import java.util.List;
import java.util.Map;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.Version;

/**
 * What a block changes in the values that a peer holds.
 *
 * @param values current ones, by the key of their hash
 * @param kept hashes that the block leaves and whose values are not at hand: where the value held is the one, it is now of this version, since the block
 *     has written only metadata, or the same value again
 * @param removed keys whose values go: deleted or purged, whether or not the peer had the set that says so
 * @param purged keys of which everything up to that version goes, past values too
 * @param writes what the sets at hand have written, for the past
 */
public record HeldChanges(
        Map<StateKey, PrivateValue> values,
        Map<StateKey, HashWrite> kept,
        List<StateKey> removed,
        Map<StateKey, Version> purged,
        List<PrivateWrite> writes) {
    /** Of a block without private data. */
    public static final HeldChanges NONE = new HeldChanges(Map.of(), Map.of(), List.of(), Map.of(), List.of());

    public HeldChanges {
        values = Map.copyOf(values);
        kept = Map.copyOf(kept);
        removed = List.copyOf(removed);
        purged = Map.copyOf(purged);
        writes = List.copyOf(writes);
    }

    public boolean isEmpty() {
        return values.isEmpty() && kept.isEmpty() && removed.isEmpty() && purged.isEmpty() && writes.isEmpty();
    }
}
