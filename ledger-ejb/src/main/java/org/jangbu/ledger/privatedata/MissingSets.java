package org.jangbu.ledger.privatedata;

import java.time.Duration;
import java.util.List;

/**
 * The private sets that were not at hand when their blocks were committed, and how they come in afterwards.
 *
 * <p>Every method throws {@link org.jangbu.ledger.state.StateUnavailableException} while the database is away.
 */
public interface MissingSets {
    /** Lacks nothing. */
    MissingSets NONE = new MissingSets() {
        @Override
        public List<CollectionName> collections() {
            return List.of();
        }

        @Override
        public List<MissingSet> of(CollectionName collection, int limit) {
            return List.of();
        }

        @Override
        public List<MissingSet> due(List<CollectionName> collections, int limit) {
            return List.of();
        }

        @Override
        public int fill(List<FoundSet> sets) {
            return 0;
        }

        @Override
        public void postpone(List<MissingSet> sets, Duration first, Duration longest) {
            // There are none.
        }
    };

    /** Collections of which any set is missing, members or not. */
    List<CollectionName> collections();

    /** Missing sets of a collection, oldest first. */
    List<MissingSet> of(CollectionName collection, int limit);

    /** Missing sets that it is time to ask for, newest first as in Fabric: what is newest is most likely in use. */
    List<MissingSet> due(List<CollectionName> collections, int limit);

    /**
     * Takes in sets, in one short transaction that commits wait for and that waits for commits. A value becomes current only where the state has its hash;
     * what has been purged, or has come to its end, stays away. A set that is not missing any more is left out.
     *
     * @return how many sets were taken
     */
    int fill(List<FoundSet> sets);

    /** Asks for sets later: after {@code first}, then twice that, at most {@code longest}. */
    void postpone(List<MissingSet> sets, Duration first, Duration longest);
}
