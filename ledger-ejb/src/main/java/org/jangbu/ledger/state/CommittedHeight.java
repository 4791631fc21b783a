package org.jangbu.ledger.state;

import java.time.Duration;

/**
 * How many blocks readers may see. The database shows a block a moment before the ledger has published it; whoever saw it there waits here,
 * so that nobody returns with something that the height does not count yet.
 */
public final class CommittedHeight {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Object monitor = new Object();
    private volatile long height;

    public CommittedHeight(long height) {
        this.height = height;
    }

    public long get() {
        return height;
    }

    /** Publishes a height and wakes who waits for it. */
    public void advance(long newHeight) {
        synchronized (monitor) {
            height = newHeight;
            monitor.notifyAll();
        }
    }

    /**
     * Waits until the height has been published: microseconds, unless the database was lost while it confirmed the block.
     *
     * @throws StateUnavailableException after ten seconds, or when the thread is interrupted
     */
    public void await(long seen) {
        if (height >= seen) {
            return;
        }
        long deadline = System.nanoTime() + LIMIT.toNanos();
        synchronized (monitor) {
            while (height < seen) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new StateUnavailableException("block " + (seen - 1) + " is not confirmed yet", true);
                }
                try {
                    monitor.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new StateUnavailableException("interrupted while a block was being confirmed", true, e);
                }
            }
        }
    }
}
