package org.jangbu.ordering.sequence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jangbu.ordering.broadcast.Batch;

/**
 * Runs batches of a channel through its sequencer, one after the other, on the caller's thread. A batch that comes while another runs (its
 * first delivery was taken for dead) waits for its turn and then finds what the other left.
 */
public final class ChannelOrderer implements AutoCloseable {
    /** Longest pause before a step that waits is tried again. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final UUID NONE = new UUID(0, 0);

    private final ReentrantLock turn = new ReentrantLock();
    private final ChannelSequencer sequencer;
    private final BlockPublisher publisher;
    private final Clock clock;
    private volatile boolean closing;

    public ChannelOrderer(ChannelSequencer sequencer, BlockPublisher publisher, Clock clock) {
        this.sequencer = sequencer;
        this.publisher = publisher;
        this.clock = clock;
    }

    public ChannelSequencer sequencer() {
        return sequencer;
    }

    /**
     * Orders a batch: returns when all of it stands in published blocks, so that it may be acknowledged.
     *
     * @throws OrderingStalledException if that takes longer than {@code limit}: the broker is away, or a block that it knows is not heard
     */
    public void order(Batch batch, Duration limit)
            throws OrdererLedgerException, OrderingStalledException, InterruptedException {
        Instant end = clock.instant().plus(limit);
        turn.lockInterruptibly();
        try {
            SequencingRun run = new SequencingRun(sequencer, publisher, batch, clock);
            while (true) {
                if (closing) {
                    throw new OrderingStalledException(sequencer.channel(), "the orderer is stopping");
                }
                long seen = sequencer.changes();
                SequencingRun.Next next = run.step();
                if (next == SequencingRun.Next.DONE) {
                    return;
                }
                if (clock.instant().isAfter(end)) {
                    throw new OrderingStalledException(sequencer.channel(), "not ordered within " + limit);
                }
                if (next == SequencingRun.Next.WAIT) {
                    sequencer.awaitChange(seen, PAUSE);
                }
            }
        } finally {
            turn.unlock();
        }
    }

    /** Publishes, or replaces by what others published, the provisional block that an earlier run left. */
    public void settle(Duration limit) throws OrdererLedgerException, OrderingStalledException, InterruptedException {
        order(new Batch(NONE, sequencer.channel(), sequencer.config().sequence(), List.of()), limit);
    }

    /** Whether it is closed, or about to be. */
    public boolean isClosed() {
        return closing;
    }

    /** Lets the batch in hand go at its next step, to come again, and closes the ledger. */
    @Override
    public void close() {
        closing = true;
        sequencer.wake();
        turn.lock();
        try {
            sequencer.close();
        } finally {
            turn.unlock();
        }
    }
}
