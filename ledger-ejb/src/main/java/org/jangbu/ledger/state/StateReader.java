package org.jangbu.ledger.state;

import java.util.Collection;
import java.util.Map;

/** Reads entries as of some block: the committed state, or that with decided blocks laid over it. */
public interface StateReader {
    /** The values of those keys that exist, all as of the same block. */
    Map<StateKey, VersionedValue> getAll(Collection<StateKey> keys);

    /**
     * Whether a key of the namespace may have metadata. Most chaincodes never write any; knowing this saves reading each key that a block
     * writes. True is always safe.
     */
    default boolean mayHoldMetadata(String namespace) {
        return true;
    }
}
