package org.jangbu.peer.deliver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.UnsupportedCapabilityException;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.LedgerId;
import org.jangbu.peer.validate.SignaturePrefetch;
import org.jspecify.annotations.Nullable;

/**
 * Brings blocks to one copy of a ledger: takes them as they come, in any order and from anybody, and commits those that the orderer has
 * signed, one after the other. What is missing it asks for; while the database is away it keeps the block and tries again; when the ledger
 * cannot go on it halts with an alarm, and the rest of the server goes on.
 *
 * <p>Offering never waits and never throws. The work is a serial task on the pool that all pipelines share.
 */
public final class ChannelPipeline implements AutoCloseable {
    private static final int BLOCKS_A_TURN = 16;

    private final PeerLedger ledger;
    private final PipelineResources resources;
    private final BlockCommitter committer;
    private final BlockFetcher fetcher;
    private final ForkWatch forkWatch = new ForkWatch();
    private final RecentHashes recent = new RecentHashes();
    private final SignaturePrefetch prefetch;
    private final Tally tally = new Tally();
    private final SerialTask task;

    /** Held while a turn lasts, so that closing can wait for its end. */
    private final ReentrantLock turn = new ReentrantLock();

    /** Guards everything below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final PendingBlocks pending;
    private long announced;
    private long sighted;
    private int failures;
    private boolean pausing;
    private boolean closed;
    private @Nullable String halted;
    private @Nullable String trouble;
    private @Nullable String fork;
    private @Nullable Future<?> heightQuestions;

    /**
     * A pipeline to a ledger that has at least its first block.
     *
     * @param config the configuration at the ledger's height
     */
    public ChannelPipeline(PeerLedger ledger, ChannelConfig config, PipelineResources resources) {
        this.ledger = ledger;
        this.resources = resources;
        this.committer = new BlockCommitter(ledger, config, resources.parallel(), resources.listeners(), tally);
        this.fetcher = new BlockFetcher(ledger.id(), resources, new Missing());
        this.prefetch = new SignaturePrefetch(resources.parallel());
        this.task = new SerialTask(resources.executor(), this::turn, this::wakeLater);
        DeliverSettings settings = resources.settings();
        this.pending = new PendingBlocks(ledger.height(), settings.mostBlocks(), settings.mostBytes());
    }

    /** Begins to ask the source for its height, now and from time to time. */
    public void start() {
        long period = resources.settings().heightPeriod().toMillis();
        lock.lock();
        try {
            if (!closed && heightQuestions == null) {
                heightQuestions = resources
                        .scheduler()
                        .scheduleWithFixedDelay(fetcher::askHeight, 0, period, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    public LedgerId id() {
        return ledger.id();
    }

    public PeerLedger ledger() {
        return ledger;
    }

    /** The configuration in force for the next block. */
    public ChannelConfig config() {
        return committer.config();
    }

    /** Takes a block, or notes that it exists. */
    public void offer(Block block) {
        offer(new BlockArrival(block));
    }

    void offer(BlockArrival arrival) {
        lock.lock();
        try {
            if (closed || halted != null) {
                sight(arrival.number());
                return;
            }
            switch (pending.offer(arrival)) {
                case TAKEN -> {
                    sight(arrival.number());
                    arrival.prepare(resources.executor(), prefetch, config().membership());
                }
                case NO_ROOM -> {
                    sight(arrival.number());
                    DeliverMessages.LOG.dropped(id(), Long.toUnsignedString(arrival.number()));
                }
                case CONTRADICTED -> forkWatch.suspect(arrival);
                case PAST -> {
                    if (!recent.contains(arrival.hash())) {
                        forkWatch.suspect(arrival);
                    }
                }
                case REPEATED -> {}
            }
        } finally {
            lock.unlock();
        }
        task.wake();
    }

    /** Notes that blocks up to {@code height - 1} exist. */
    public void announce(long height) {
        lock.lock();
        try {
            announced = max(announced, height);
        } finally {
            lock.unlock();
        }
        fetcher.look(resources.settings().gapPatience());
    }

    public PipelineStatus status() {
        lock.lock();
        try {
            return new PipelineStatus(
                    id(),
                    pending.next(),
                    known(),
                    pending.size(),
                    Optional.ofNullable(halted),
                    Optional.ofNullable(trouble),
                    Optional.ofNullable(fork),
                    tally.counters());
        } finally {
            lock.unlock();
        }
    }

    /** Stops. Returns when no block is being committed any more; the ledger itself stays open. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (heightQuestions != null) {
                heightQuestions.cancel(false);
            }
        } finally {
            lock.unlock();
        }
        fetcher.close();
        turn.lock();
        try {
            DeliverMessages.LOG.debugf("%s: stopped at height %s", id(), Long.toUnsignedString(ledger.height()));
        } finally {
            turn.unlock();
        }
    }

    private void turn() {
        turn.lock();
        try {
            int blocks = 0;
            while (blocks < BLOCKS_A_TURN && commitHead()) {
                blocks++;
            }
            watchForks();
            if (blocks == BLOCKS_A_TURN) {
                task.wake();
            }
        } finally {
            turn.unlock();
        }
        fetcher.look(resources.settings().gapPatience());
    }

    /** Commits the block whose turn it is; false if there is none, or none that can be committed now. */
    private boolean commitHead() {
        Optional<BlockArrival> head = head();
        if (head.isEmpty()) {
            return false;
        }
        if (!head.get().isParsed()) {
            head.get().whenParsed(task::wake);
            return false;
        }
        try {
            committer.commit(head.get().parsed());
            committed(head.get());
            return true;
        } catch (RefusedBlockException e) {
            refuse(head.get(), e);
            return true;
        } catch (LedgerException e) {
            stop(head.get(), e, e.isTransient());
        } catch (StateUnavailableException e) {
            stop(head.get(), e, e.isTransient());
        } catch (UnsupportedCapabilityException | RuntimeException e) {
            stop(head.get(), e, false);
        }
        return false;
    }

    private Optional<BlockArrival> head() {
        lock.lock();
        try {
            return closed || pausing || halted != null ? Optional.empty() : pending.head();
        } finally {
            lock.unlock();
        }
    }

    private void committed(BlockArrival arrival) {
        lock.lock();
        try {
            recent.add(arrival.hash());
            pending.advance();
            if (failures > 0) {
                DeliverMessages.LOG.recovered(id(), Long.toUnsignedString(arrival.number()));
            }
            failures = 0;
            trouble = null;
        } finally {
            lock.unlock();
        }
        fetcher.progressed();
    }

    private void refuse(BlockArrival arrival, RefusedBlockException refusal) {
        String number = Long.toUnsignedString(arrival.number());
        String reason = String.valueOf(refusal.getMessage());
        tally.refused();
        fetcher.refused();
        if (refusal.reason() == RefusedBlockException.Reason.FORKED) {
            alarm(number, reason);
        } else {
            DeliverMessages.LOG.refused(id(), number, reason);
        }
        lock.lock();
        try {
            pending.drop(arrival.number());
            // Perhaps there is no such block at all: only what an orderer announces counts as known.
            sighted = 0;
        } finally {
            lock.unlock();
        }
        forkWatch.alternatives(arrival.number()).forEach(this::offer);
    }

    private void stop(BlockArrival arrival, Exception failure, boolean mayPass) {
        String number = Long.toUnsignedString(arrival.number());
        String reason = String.valueOf(failure.getMessage());
        lock.lock();
        try {
            if (mayPass) {
                failures++;
                pausing = true;
                trouble = "block " + number + " waits: " + reason;
                Duration wait = resources.settings().retryAfter(failures);
                DeliverMessages.LOG.waiting(id(), number, wait.toMillis(), reason);
                wakeAfter(wait);
            } else {
                halted = "block " + number + ": " + reason;
                DeliverMessages.LOG.halted(id(), number, reason, failure);
            }
        } finally {
            lock.unlock();
        }
    }

    private void watchForks() {
        if (forkWatch.hasSuspects(ledger.height())) {
            for (BlockArrival suspect : forkWatch.forks(ledger, config())) {
                tally.refused();
                alarm(
                        Long.toUnsignedString(suspect.number()),
                        "the orderer signed another block of this number than the one committed here");
            }
        }
    }

    private void alarm(String number, String reason) {
        DeliverMessages.LOG.forked(id(), number, reason);
        lock.lock();
        try {
            fork = "block " + number + ": " + reason;
        } finally {
            lock.unlock();
        }
    }

    private void wakeLater() {
        wakeAfter(resources.settings().firstRetry());
    }

    private void wakeAfter(Duration wait) {
        if (!new Delays(resources.scheduler()).after(wait, this::resume)) {
            DeliverMessages.LOG.debugf("%s: the server stops", id());
        }
    }

    private void resume() {
        lock.lock();
        try {
            pausing = false;
        } finally {
            lock.unlock();
        }
        task.wake();
    }

    private void sight(long number) {
        sighted = max(sighted, number + 1);
    }

    private long known() {
        return max(pending.next(), max(announced, sighted));
    }

    private static long max(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }

    private final class Missing implements BlockFetcher.Wants {
        @Override
        public Optional<BlockFetcher.Range> missing() {
            lock.lock();
            try {
                if (closed || halted != null) {
                    return Optional.empty();
                }
                long from = pending.firstMissing();
                long existing = known() - from;
                int count = (int) Math.min(
                        Math.min(existing, pending.room(from)),
                        resources.settings().fetchBlocks());
                return count > 0 ? Optional.of(new BlockFetcher.Range(from, count)) : Optional.empty();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void receive(List<Block> blocks) {
            if (blocks.isEmpty()) {
                lock.lock();
                try {
                    sighted = 0;
                } finally {
                    lock.unlock();
                }
            }
            tally.fetched(blocks.size());
            blocks.forEach(ChannelPipeline.this::offer);
        }

        @Override
        public void announced(long height) {
            announce(height);
        }
    }
}
