package org.jangbu.ledger.privatedata;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jangbu.ledger.state.AtHeight;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.Version;

/**
 * The private values that one peer holds of one ledger, as its blocks left them. Written in the block's own database transaction and forced:
 * unlike the world state, no block file can bring them back. What was missing then comes later, through {@link MissingSets}.
 *
 * <p>Every method throws {@link org.jangbu.ledger.state.StateUnavailableException} while the database is away.
 */
public interface PrivateStore {
    /** Holds nothing. */
    PrivateStore EMPTY = new PrivateStore() {
        @Override
        public Map<StateKey, PrivateValue> values(Collection<StateKey> hashedKeys) {
            return Map.of();
        }

        @Override
        public AtHeight<List<PrivateValue>> range(CollectionName collection, String start, String end, int limit) {
            return new AtHeight<>(0, List.of());
        }

        @Override
        public List<PrivateWrite> writes(CollectionName collection, long block, int position) {
            return List.of();
        }

        @Override
        public Map<StateKey, Version> purges(Collection<StateKey> hashedKeys) {
            return Map.of();
        }

        @Override
        public long nextExpiry() {
            return Lifetime.NEVER;
        }

        @Override
        public List<Expiry> expiring(long block) {
            return List.of();
        }
    };

    /**
     * The values that are held, read with one query.
     *
     * @param hashedKeys as {@link StateKey#hashed} makes them
     */
    Map<StateKey, PrivateValue> values(Collection<StateKey> hashedKeys);

    /**
     * Current values of a collection in byte order of their keys, read with one query. A value of which the state has a newer hash is left out, as one that
     * never came.
     *
     * @param start first key, inclusive; empty for the first there is
     * @param end last key, exclusive; empty for no end
     * @param limit most values
     */
    AtHeight<List<PrivateValue>> range(CollectionName collection, String start, String end, int limit);

    /** What a transaction wrote to a collection, as far as its set was here, and has neither been purged nor come to its end. */
    List<PrivateWrite> writes(CollectionName collection, long block, int position);

    /** Which of the keys were ever purged, and by which transaction last. */
    Map<StateKey, Version> purges(Collection<StateKey> hashedKeys);

    /** The number of the next block with which anything ends; {@link Lifetime#NEVER} if nothing will. */
    long nextExpiry();

    /** What ends with a block, unless it is written again before. */
    List<Expiry> expiring(long block);
}
