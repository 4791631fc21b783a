package org.jangbu.ledger.commit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jangbu.ledger.state.CommittedHeight;
import org.jangbu.model.Sha256;
import org.jangbu.model.TxId;

/**
 * A transaction index before another: it knows where the ids that were asked for last stand, or that they stand nowhere, all as of one
 * height. On its way a transaction is looked for by its endorser, by its validator and by whoever waits for its commit; only the first has
 * to go to the database, together with others who do at the same time.
 *
 * <p>An id that is known to stand nowhere is given its place by the block that brings it; of ids that nobody asked for nothing is learned from
 * blocks, since an earlier one may be where they stood first. Bounded; what was used least lately goes first.
 */
final class RecentTransactions implements TransactionIndex {
    private final TransactionIndex all;
    private final GatheredQuestions questions;
    private final CommittedHeight committed;
    private final int most;
    private final Map<TxId, Optional<Entry>> known = new LinkedHashMap<>(64, 0.75f, true);
    private long height;

    /**
     * An index over that of the database.
     *
     * @param committed the height that readers may see; that of the database, now
     * @param most how many ids are kept
     */
    RecentTransactions(TransactionIndex all, CommittedHeight committed, int most) {
        this.all = all;
        this.questions = new GatheredQuestions(all::known);
        this.committed = committed;
        this.most = most;
        this.height = committed.get();
    }

    @Override
    public Optional<Entry> find(TxId txId) {
        Optional<Entry> found = look(txId);
        found.ifPresent(entry -> committed.await(entry.block() + 1));
        return found;
    }

    private Optional<Entry> look(TxId txId) {
        long before;
        synchronized (this) {
            Optional<Entry> entry = known.get(txId);
            if (entry != null) {
                return entry;
            }
            before = height;
        }
        // Nearly always it is not, so where it stands may cost a question more.
        Optional<Entry> stored = questions.isKnown(txId) ? all.find(txId) : Optional.empty();
        synchronized (this) {
            Optional<Entry> visible = stored.filter(entry -> entry.block() < height);
            if (height == before) {
                learn(txId, visible);
            }
            return visible;
        }
    }

    @Override
    public Set<TxId> known(Collection<TxId> txIds) {
        Set<TxId> found = new HashSet<>();
        List<TxId> unknown = new ArrayList<>();
        long before;
        synchronized (this) {
            for (TxId txId : txIds) {
                Optional<Entry> entry = known.get(txId);
                if (entry == null) {
                    unknown.add(txId);
                } else if (entry.isPresent()) {
                    found.add(txId);
                }
            }
            before = height;
        }
        if (!unknown.isEmpty()) {
            Set<TxId> stored = all.known(unknown);
            found.addAll(stored);
            learnAbsent(unknown, stored, before);
        }
        return found;
    }

    private synchronized void learnAbsent(List<TxId> asked, Set<TxId> stored, long before) {
        if (height == before) {
            asked.stream().filter(txId -> !stored.contains(txId)).forEach(txId -> learn(txId, Optional.empty()));
        }
    }

    /** Takes over a block that the database has; its height is published afterwards, by the caller. */
    synchronized void advance(ValidatedBlock block) {
        for (int position = 0; position < block.transactions().size(); position++) {
            ValidatedBlock.Outcome outcome = block.transactions().get(position);
            Optional<Entry> entry = known.get(outcome.txId());
            if (entry != null && entry.isEmpty()) {
                known.put(
                        outcome.txId(),
                        Optional.of(new Entry(outcome.txId(), block.number(), position, outcome.code())));
            }
        }
        height = block.number() + 1;
    }

    private void learn(TxId txId, Optional<Entry> entry) {
        // What cannot be an id is not kept: strangers write what they like into envelopes, or nothing, which no index
        // has.
        if (txId.value().length() == 2 * Sha256.LENGTH) {
            known.put(txId, entry);
            if (known.size() > most) {
                known.remove(known.keySet().iterator().next());
            }
        }
    }
}
