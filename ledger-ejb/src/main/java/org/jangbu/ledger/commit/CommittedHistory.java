package org.jangbu.ledger.commit;

import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.history.KeyHistory;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.Version;

/** History as of one height: what a block writes shows only once the block is published. */
record CommittedHistory(KeyHistory stored, long height) implements KeyHistory {
    @Override
    public List<Modification> of(StateKey key, Optional<Version> before, int limit) {
        Version end = new Version(height, 0);
        return stored.of(
                key, Optional.of(before.filter(v -> v.compareTo(end) < 0).orElse(end)), limit);
    }
}
