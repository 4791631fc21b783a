package org.jangbu.peer.deliver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.block.BlockSource;
import org.jangbu.model.LedgerId;
import org.jspecify.annotations.Nullable;

/**
 * Asks a source for blocks that did not arrive: one request at a time, later and later while the source is away or what it gives is
 * refused. Nothing here waits in a thread.
 */
final class BlockFetcher {
    private final LedgerId ledger;
    private final BlockSource source;
    private final Delays delays;
    private final Executor executor;
    private final DeliverSettings settings;
    private final Wants wants;

    private boolean busy;
    private int failures;
    private int refusals;
    private volatile boolean closed;

    BlockFetcher(LedgerId ledger, PipelineResources resources, Wants wants) {
        this.ledger = ledger;
        this.source = resources.source();
        this.delays = new Delays(resources.scheduler());
        this.executor = resources.executor();
        this.settings = resources.settings();
        this.wants = wants;
    }

    /** Some numbers in a row. */
    record Range(long from, int count) {}

    /** The pipeline that wants blocks. */
    interface Wants {
        /** What is missing and would find room, now. */
        Optional<Range> missing();

        /** Blocks from the source, not verified; empty if it says that it has none there. */
        void receive(List<Block> blocks);

        /** How many blocks the source says there are. */
        void announced(long height);
    }

    /** Sees to it that what is missing is asked for, if it does not arrive within {@code patience}. */
    void look(Duration patience) {
        Duration wait;
        synchronized (this) {
            if (busy || closed || wants.missing().isEmpty()) {
                return;
            }
            busy = true;
            int setbacks = Math.max(failures, refusals);
            wait = setbacks == 0 ? patience : settings.retryAfter(setbacks);
        }
        later(wait, this::ask);
    }

    /** Something from the source was refused: the same request would give the same, so there is no hurry. */
    synchronized void refused() {
        refusals++;
    }

    /** The ledger has grown. */
    synchronized void progressed() {
        refusals = 0;
    }

    /** Asks how many blocks there are. */
    void askHeight() {
        if (closed) {
            return;
        }
        try {
            source.height(ledger.channel()).whenComplete((height, failure) -> {
                if (failure == null) {
                    height.ifPresent(told -> onExecutor(() -> wants.announced(told)));
                } else {
                    DeliverMessages.LOG.debugf("%s: the source does not tell its height: %s", ledger, failure);
                }
            });
        } catch (RuntimeException e) {
            DeliverMessages.LOG.debugf(e, "%s: the source cannot be asked for its height", ledger);
        }
    }

    void close() {
        closed = true;
    }

    private void ask() {
        Optional<Range> missing = closed ? Optional.empty() : wants.missing();
        if (missing.isEmpty()) {
            done();
            return;
        }
        Range range = missing.get();
        DeliverMessages.LOG.fetching(
                ledger, Long.toUnsignedString(range.from()), Long.toUnsignedString(range.from() + range.count() - 1));
        AtomicBoolean answered = new AtomicBoolean();
        later(settings.fetchPatience(), () -> {
            if (answered.compareAndSet(false, true)) {
                failed(new TimeoutException("no answer within " + settings.fetchPatience()));
            }
        });
        try {
            CompletionStage<List<Block>> answer = source.blocks(ledger.channel(), range.from(), range.count());
            answer.whenComplete((blocks, failure) -> {
                if (answered.compareAndSet(false, true)) {
                    onExecutor(() -> answered(range, blocks, failure));
                }
            });
        } catch (RuntimeException e) {
            if (answered.compareAndSet(false, true)) {
                failed(e);
            }
        }
    }

    private void answered(Range range, @Nullable List<Block> blocks, @Nullable Throwable failure) {
        if (failure != null || blocks == null) {
            failed(failure);
            return;
        }
        synchronized (this) {
            failures = blocks.isEmpty() ? failures + 1 : 0;
        }
        wants.receive(blocks.size() <= range.count() ? blocks : blocks.subList(0, range.count()));
        done();
        look(Duration.ZERO);
    }

    private void failed(@Nullable Throwable failure) {
        int count;
        synchronized (this) {
            count = ++failures;
        }
        DeliverMessages.LOG.sourceAway(ledger, settings.retryAfter(count).toMillis(), String.valueOf(failure));
        done();
        look(Duration.ZERO);
    }

    private synchronized void done() {
        busy = false;
    }

    private void later(Duration wait, Runnable task) {
        if (!delays.after(wait, () -> onExecutor(task))) {
            closed = true;
        }
    }

    /** On the pool of the pipelines, whatever thread has the news; if the pool is full, a little later. */
    private void onExecutor(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            later(settings.longestRetry(), task);
        }
    }
}
