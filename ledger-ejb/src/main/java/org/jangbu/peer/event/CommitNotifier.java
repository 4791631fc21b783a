package org.jangbu.peer.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.ledger.commit.ValidatedBlock;
import org.jangbu.model.ChannelId;
import org.jangbu.model.LedgerId;
import org.jangbu.model.TxId;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers wait for the commit of a transaction without a thread each. A waiter is told when every hosted peer of the channel has
 * committed the transaction, so that whichever peer it asks next knows of it; or a little after the first has, should another lag.
 *
 * <p>No wake-up is lost: a waiter is on the list before the ledgers are asked, and a block is in its ledger before waiters are told.
 */
public final class CommitNotifier {
    private final int mostWaiters;
    private final Duration patience;
    private final Deadlines deadlines;
    private final Executor executor;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<ChannelId, Map<TxId, Set<Waiter>>> waiters = new ConcurrentHashMap<>();

    /**
     * @param mostWaiters how many may wait at once
     * @param patience how long a waiter waits for the slower peers once the first has committed
     * @param executor completes the waiters' stages
     */
    public CommitNotifier(int mostWaiters, Duration patience, Deadlines deadlines, Executor executor) {
        this.mostWaiters = mostWaiters;
        this.patience = patience;
        this.deadlines = deadlines;
        this.executor = executor;
    }

    /** How many wait now. */
    public int waiting() {
        return waiting.get();
    }

    /**
     * Waits for a transaction.
     *
     * @param ledgers of the hosted peers that have joined the channel
     * @return empty when {@code limit} passes before any peer has committed it; fails with {@link TooManyWaitersException}, or with what reading a ledger threw
     */
    public CompletionStage<Optional<TransactionIndex.Entry>> await(
            ChannelId channel, Collection<PeerLedger> ledgers, TxId txId, Duration limit) {
        return await(channel, ledgers, txId, limit, new CompletableFuture<>());
    }

    /** As {@link #await(ChannelId, Collection, TxId, Duration)}; ends, with nothing, as soon as {@code abandoned} completes. */
    public CompletionStage<Optional<TransactionIndex.Entry>> await(
            ChannelId channel,
            Collection<PeerLedger> ledgers,
            TxId txId,
            Duration limit,
            CompletionStage<?> abandoned) {
        if (waiting.incrementAndGet() > mostWaiters) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(new TooManyWaitersException(mostWaiters));
        }
        Waiter waiter =
                new Waiter(channel, txId, ledgers.stream().map(PeerLedger::id).toList());
        waiters.computeIfAbsent(channel, c -> new ConcurrentHashMap<>()).compute(txId, (id, set) -> with(set, waiter));
        try {
            ledgers.forEach(ledger ->
                    ledger.transactions().find(txId).ifPresent(entry -> waiter.committed(ledger.id(), entry)));
        } catch (RuntimeException e) {
            waiter.end(Optional.empty(), e);
        }
        // After the ledgers have been asked: a limit of nothing means what they know now.
        if (limit.isZero() || limit.isNegative()) {
            waiter.expire();
        } else {
            waiter.cancelAtEnd(deadlines.after(limit, waiter::expire));
        }
        abandoned.whenComplete((value, failure) -> waiter.end(Optional.empty(), null));
        return waiter.told;
    }

    /** Tells whoever waits for a transaction of the block; called after each commit, by the committing thread. Never waits. */
    public void committed(LedgerId ledger, ValidatedBlock block) {
        Map<TxId, Set<Waiter>> ofChannel = waiters.get(ledger.channel());
        if (ofChannel == null || ofChannel.isEmpty()) {
            return;
        }
        int position = 0;
        for (ValidatedBlock.Outcome outcome : block.transactions()) {
            Set<Waiter> here = ofChannel.get(outcome.txId());
            // A duplicate is not what anybody waits for: the first appearance decides, and has been told.
            if (here != null && outcome.code() != TxValidationCode.DUPLICATE_TXID) {
                TransactionIndex.Entry entry =
                        new TransactionIndex.Entry(outcome.txId(), block.number(), position, outcome.code());
                List.copyOf(here).forEach(waiter -> waiter.committed(ledger, entry));
            }
            position++;
        }
    }

    /** Ends all waiting, at shutdown: nobody is left hanging. */
    public void close() {
        waiters.values()
                .forEach(ofChannel -> ofChannel
                        .values()
                        .forEach(set -> List.copyOf(set).forEach(waiter -> waiter.end(Optional.empty(), null))));
    }

    private static Set<Waiter> with(@Nullable Set<Waiter> set, Waiter waiter) {
        Set<Waiter> grown = set == null ? ConcurrentHashMap.newKeySet() : set;
        grown.add(waiter);
        return grown;
    }

    private static @Nullable Set<Waiter> without(Set<Waiter> set, Waiter waiter) {
        set.remove(waiter);
        return set.isEmpty() ? null : set;
    }

    private void forget(Waiter waiter) {
        waiting.decrementAndGet();
        Map<TxId, Set<Waiter>> ofChannel = waiters.get(waiter.channel);
        if (ofChannel != null) {
            ofChannel.computeIfPresent(waiter.txId, (id, set) -> without(set, waiter));
        }
    }

    private final class Waiter {
        private final ChannelId channel;
        private final TxId txId;
        private final Set<LedgerId> missing;
        private final CompletableFuture<Optional<TransactionIndex.Entry>> told = new CompletableFuture<>();
        private final List<Deadlines.Registration> registrations = new ArrayList<>();
        private Optional<TransactionIndex.Entry> known = Optional.empty();
        private boolean ended;

        private Waiter(ChannelId channel, TxId txId, List<LedgerId> ledgers) {
            this.channel = channel;
            this.txId = txId;
            this.missing = new HashSet<>(ledgers);
        }

        private void committed(LedgerId ledger, TransactionIndex.Entry entry) {
            boolean all;
            boolean first;
            synchronized (this) {
                missing.remove(ledger);
                all = missing.isEmpty();
                first = known.isEmpty();
                known = Optional.of(entry);
            }
            if (all) {
                end(Optional.of(entry), null);
            } else if (first) {
                cancelAtEnd(deadlines.after(patience, () -> end(Optional.of(entry), null)));
            }
        }

        /** At the limit, what one peer has committed is known, whatever the others do. */
        private void expire() {
            Optional<TransactionIndex.Entry> entry;
            synchronized (this) {
                entry = known;
            }
            end(entry, null);
        }

        private void end(Optional<TransactionIndex.Entry> entry, @Nullable RuntimeException failure) {
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
                registrations.forEach(Deadlines.Registration::cancel);
            }
            forget(this);
            tell(() -> {
                if (failure == null) {
                    told.complete(entry);
                } else {
                    told.completeExceptionally(failure);
                }
            });
        }

        private synchronized void cancelAtEnd(Deadlines.Registration deadline) {
            if (ended) {
                deadline.cancel();
            } else {
                registrations.add(deadline);
            }
        }

        /** Not on the committing thread, unless the executor has no room: then it is better to be late than silent. */
        private void tell(Runnable completion) {
            try {
                executor.execute(completion);
            } catch (RejectedExecutionException e) {
                completion.run();
            }
        }
    }
}
