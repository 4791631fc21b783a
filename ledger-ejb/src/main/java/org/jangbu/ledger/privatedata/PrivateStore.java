package org.jangbu.ledger.privatedata;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jangbu.ledger.state.StateKey;

/**
 * The private values that one peer holds of one ledger, as its blocks left them. Written by commits alone, in the block's own database
 * transaction and forced: unlike the world state, no block file can bring them back.
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
        public List<MissingSet> missing(int limit) {
            return List.of();
        }
    };

    /**
     * The values that are held, read with one query.
     *
     * @param hashedKeys as {@link StateKey#hashed} makes them
     */
    Map<StateKey, PrivateValue> values(Collection<StateKey> hashedKeys);

    /** What ought to be held and was not there at its commit, oldest first. */
    List<MissingSet> missing(int limit);
}
