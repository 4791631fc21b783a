package org.jangbu.ledger.state;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The committed state of one ledger. Each call is one short query (or none, when cached) and sees whole blocks only. Two calls may see
 * different heights; but what a call has seen, {@code PeerLedger.height()} counts by the time it returns, so that callers who need one
 * height compare it before and after.
 *
 * <p>Every method throws {@link StateUnavailableException} while the database is away.
 *
 * @see org.jangbu.ledger.commit.PeerLedger
 */
public interface WorldState extends StateReader {
    /** The value of a key. */
    Optional<VersionedValue> get(StateKey key);

    /** The values of those keys that exist, read at one height with one query. */
    @Override
    Map<StateKey, VersionedValue> getAll(Collection<StateKey> keys);

    /**
     * Entries of a namespace in byte order of their keys.
     *
     * @param start first key, inclusive; empty for the first there is
     * @param end last key, exclusive; empty for no end
     * @param limit most entries returned
     */
    List<Entry> range(String namespace, String start, String end, int limit);

    /** A key and what it holds. */
    record Entry(StateKey key, VersionedValue value) {}
}
