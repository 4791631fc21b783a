package org.jangbu.ledger.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jangbu.ledger.privatedata.Expiry;
import org.jangbu.ledger.privatedata.ExpiryChanges;
import org.jangbu.ledger.privatedata.PrivateStore;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.ledger.state.VersionedValue;
import org.jspecify.annotations.Nullable;

/**
 * Which hashes of private data come to their end with a block. Remembers with which block that is next, so that blocks with which nothing ends, and channels on
 * which nothing ever does, cost no query. For one thread.
 */
final class Expiries {
    private final PrivateStore store;

    /** What blocks schedule that are decided and not in the database yet. */
    private final List<Expiry> pending = new ArrayList<>();

    /** With which block something ends next; empty if the database has to be asked. */
    private OptionalLong next = OptionalLong.empty();

    Expiries(PrivateStore store) {
        this.store = store;
    }

    /** Whether anything may end with a block. */
    boolean isDue(long block) {
        if (next.isEmpty()) {
            next = OptionalLong.of(pending.stream().mapToLong(Expiry::expires).reduce(store.nextExpiry(), Math::min));
        }
        return next.getAsLong() <= block;
    }

    /**
     * The hashes that end with a block: scheduled for it, of the version that was scheduled, and not written by the block itself.
     *
     * @param before the entries before the block
     */
    List<StateKey> endingWith(long block, Set<StateKey> written, StateReader before) {
        if (!isDue(block)) {
            return List.of();
        }
        List<Expiry> due = new ArrayList<>(store.expiring(block));
        pending.stream().filter(expiry -> expiry.expires() <= block).forEach(due::add);
        List<Expiry> unwritten =
                due.stream().filter(expiry -> !written.contains(expiry.key())).toList();
        Map<StateKey, VersionedValue> entries =
                before.getAll(unwritten.stream().map(Expiry::key).distinct().toList());
        return unwritten.stream()
                .filter(expiry -> isOf(expiry, entries.get(expiry.key())))
                .map(Expiry::key)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isOf(Expiry expiry, @Nullable VersionedValue entry) {
        return entry != null && entry.version().block() == expiry.block();
    }

    /** Takes note of a block that is decided and will be written with others. */
    void add(ExpiryChanges changes) {
        pending.addAll(changes.scheduled());
        if (!changes.isEmpty()) {
            next = OptionalLong.empty();
        }
    }

    /** All blocks that were added are in the database. */
    void written() {
        pending.clear();
    }
}
