package org.jangbu.ledger.privatedata;

import java.util.List;

/**
 * A set that was missing, as another member has told it and as it agrees with the block.
 *
 * @param writes its writes; those left out have been purged
 * @param lifetime of the collection
 */
public record FoundSet(MissingSet missing, List<PrivateWrite> writes, Lifetime lifetime) {
    public FoundSet {
        writes = List.copyOf(writes);
    }
}
