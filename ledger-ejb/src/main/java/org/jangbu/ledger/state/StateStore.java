package org.jangbu.ledger.state;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a ledger's entries are kept for good. Each call is one query and sees one height.
 *
 * <p>Every method throws {@link StateUnavailableException} if the store does not answer.
 */
public interface StateStore {
    /** Those of the keys that exist, and what they hold. */
    AtHeight<Map<StateKey, VersionedValue>> entries(Collection<StateKey> keys);

    /** Entries of a namespace in byte order; see {@link WorldState#range}. */
    AtHeight<List<WorldState.Entry>> range(String namespace, String start, String end, int limit);

    /** Namespaces in which metadata was ever written. */
    Set<String> namespacesWithMetadata();
}
