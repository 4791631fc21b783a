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
import org.jangbu.peer.validate.NoVerdictException;
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
    private final DeliverSettings settings;
    private final Delays delays;
    private final PipelineState state;
    private final BlockCommitter committer;
    private final BlockFetcher fetcher;
    private final ForkWatch forkWatch = new ForkWatch();
    private final SignaturePrefetch prefetch;
    private final Tally tally = new Tally();
    private final SerialTask task;

    /** Held while a turn lasts, so that closing can wait for its end. */
    private final ReentrantLock turn = new ReentrantLock();

    private @Nullable Future<?> heightQuestions;

    /**
     * A pipeline to a ledger that has at least its first block.
     *
     * @param config the configuration at the ledger's height
     */
    public ChannelPipeline(PeerLedger ledger, ChannelConfig config, PipelineResources resources) {
        this.ledger = ledger;
        this.resources = resources;
        this.settings = resources.settings();
        this.delays = new Delays(resources.scheduler());
        this.state = new PipelineState(new PendingBlocks(ledger.height(), settings.mostBlocks(), settings.mostBytes()));
        this.committer = new BlockCommitter(ledger, config, resources.validator(), resources.listeners(), tally);
        this.fetcher = new BlockFetcher(ledger.id(), resources, new Wants());
        this.prefetch = new SignaturePrefetch(resources.parallel());
        this.task = new SerialTask(resources.executor(), this::turn, () -> wakeAfter(settings.firstRetry()));
    }

    /** Begins to ask the source for its height, now and from time to time. */
    public synchronized void start() {
        if (heightQuestions == null) {
            long period = settings.heightPeriod().toMillis();
            heightQuestions =
                    resources.scheduler().scheduleWithFixedDelay(fetcher::askHeight, 0, period, TimeUnit.MILLISECONDS);
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

    public PipelineStatus status() {
        return state.status(id(), tally.counters());
    }

    /** Takes a block, or notes that it exists. */
    public void offer(Block block) {
        offer(new BlockArrival(block));
    }

    void offer(BlockArrival arrival) {
        switch (state.offer(arrival)) {
            case TAKEN -> arrival.prepare(resources.executor(), prefetch, config().membership());
            case NO_ROOM -> DeliverMessages.LOG.dropped(id(), Long.toUnsignedString(arrival.number()));
            case CONTRADICTED -> forkWatch.suspect(arrival);
            case PAST -> {
                if (!state.isRecent(arrival.hash())) {
                    forkWatch.suspect(arrival);
                }
            }
            case REPEATED -> {}
        }
        task.wake();
    }

    /** Notes that blocks up to {@code height - 1} exist. */
    public void announce(long height) {
        state.announced(height);
        fetcher.look(settings.gapPatience());
    }

    /** Stops. Returns when no block is being committed any more; the ledger itself stays open. */
    @Override
    public void close() {
        state.close();
        fetcher.close();
        synchronized (this) {
            if (heightQuestions != null) {
                heightQuestions.cancel(false);
            }
        }
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
            if (blocks == BLOCKS_A_TURN) {
                task.wake();
            }
            watchForks();
        } finally {
            turn.unlock();
        }
        fetcher.look(settings.gapPatience());
    }

    /** Deals with the block whose turn it is; false if there is none, or none that can be committed now. */
    private boolean commitHead() {
        Optional<BlockArrival> head = state.head();
        if (head.isEmpty()) {
            return false;
        }
        BlockArrival arrival = head.get();
        if (!arrival.isParsed()) {
            arrival.whenParsed(task::wake);
            return false;
        }
        try {
            committer.commit(arrival.parsed());
            committed(arrival);
            return true;
        } catch (RefusedBlockException e) {
            refuse(arrival, e);
            return true;
        } catch (LedgerException e) {
            stop(arrival, e, e.isTransient());
        } catch (StateUnavailableException e) {
            stop(arrival, e, e.isTransient());
        } catch (NoVerdictException e) {
            hold(arrival, e);
        } catch (UnsupportedCapabilityException | RuntimeException e) {
            stop(arrival, e, false);
        }
        return false;
    }

    private void committed(BlockArrival arrival) {
        if (state.committed(arrival)) {
            DeliverMessages.LOG.recovered(id(), Long.toUnsignedString(arrival.number()));
        }
        fetcher.progressed();
    }

    private void refuse(BlockArrival arrival, RefusedBlockException refusal) {
        String number = Long.toUnsignedString(arrival.number());
        String reason = String.valueOf(refusal.getMessage());
        tally.refused();
        if (refusal.reason() == RefusedBlockException.Reason.FORKED) {
            alarm(number, reason);
        } else {
            DeliverMessages.LOG.refused(id(), number, reason);
        }
        fetcher.refused();
        state.refused(arrival);
        forkWatch.alternatives(arrival.number()).forEach(this::offer);
    }

    private void stop(BlockArrival arrival, Exception failure, boolean mayPass) {
        String number = Long.toUnsignedString(arrival.number());
        String reason = String.valueOf(failure.getMessage());
        if (mayPass) {
            Duration wait = settings.retryAfter(state.pause("block " + number + " waits: " + reason));
            DeliverMessages.LOG.waiting(id(), number, wait.toMillis(), reason);
            wakeAfter(wait);
        } else {
            state.halt("block " + number + ": " + reason);
            DeliverMessages.LOG.halted(id(), number, reason, failure);
        }
    }

    /** Halts until a plug-in gives its decision, and looks again and again whether it does. */
    private void hold(BlockArrival arrival, NoVerdictException failure) {
        String number = Long.toUnsignedString(arrival.number());
        String reason = String.valueOf(failure.getMessage());
        PipelineState.Hold hold = state.hold("block " + number + ": " + reason, failure.why());
        Duration wait = settings.retryAfter(hold.failures());
        if (hold.news()) {
            DeliverMessages.LOG.held(id(), number, reason, failure);
        } else {
            DeliverMessages.LOG.debugf("%s: block %s is still held: %s", id(), number, reason);
        }
        wakeAfter(wait);
    }

    private void watchForks() {
        if (!forkWatch.hasSuspects(ledger.height())) {
            return;
        }
        try {
            for (BlockArrival suspect : forkWatch.forks(ledger, config())) {
                tally.refused();
                alarm(
                        Long.toUnsignedString(suspect.number()),
                        "the orderer signed another block of this number than the one committed here");
            }
        } catch (RuntimeException e) {
            DeliverMessages.LOG.notCompared(id(), e);
        }
    }

    private void alarm(String number, String reason) {
        DeliverMessages.LOG.forked(id(), number, reason);
        state.alarm("block " + number + ": " + reason);
    }

    private void wakeAfter(Duration wait) {
        boolean stopping = !delays.after(wait, () -> {
            state.resume();
            task.wake();
        });
        if (stopping) {
            DeliverMessages.LOG.debugf("%s: the server stops", id());
        }
    }

    private final class Wants implements BlockFetcher.Wants {
        @Override
        public Optional<BlockFetcher.Range> missing() {
            return state.missing(settings.fetchBlocks());
        }

        @Override
        public void receive(List<Block> blocks) {
            if (blocks.isEmpty()) {
                state.noSuchBlocks();
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
