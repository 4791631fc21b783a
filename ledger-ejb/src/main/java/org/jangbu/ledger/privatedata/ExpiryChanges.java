package org.jangbu.ledger.privatedata;

import java.util.List;
import java.util.Map;
import org.jangbu.ledger.state.StateKey;

/**
 * What a block does about the end of data.
 *
 * @param lifetimes of the collections that it writes and whose data end, by the namespace of their hashes
 * @param scheduled what it writes that will end
 * @param due whether anything may end with it
 * @param expired hashes that end with it: gone from the state after this block, yet no part of its commit hash, as in Fabric
 */
public record ExpiryChanges(
        Map<String, Lifetime> lifetimes, List<Expiry> scheduled, boolean due, List<StateKey> expired) {
    /** Of a block that neither writes nor ends what has an end. */
    public static final ExpiryChanges NONE = new ExpiryChanges(Map.of(), List.of(), false, List.of());

    public ExpiryChanges {
        lifetimes = Map.copyOf(lifetimes);
        scheduled = List.copyOf(scheduled);
        expired = List.copyOf(expired);
    }

    /** Number of the block with which that ends which {@code block} writes to a namespace. */
    public long end(String namespace, long block) {
        return lifetimes.getOrDefault(namespace, Lifetime.UNLIMITED).end(block);
    }

    public boolean isEmpty() {
        return scheduled.isEmpty() && !due;
    }
}
