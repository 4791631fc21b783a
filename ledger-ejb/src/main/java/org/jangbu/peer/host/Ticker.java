package org.jangbu.peer.host;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jangbu.peer.log.EndorsementLog;

/**
 * Calls something every few milliseconds on one thread of its own. No scheduled task: a server's scheduler complains of each that falls due
 * while the application stops.
 */
final class Ticker implements AutoCloseable {
    private final Runnable action;
    private final long periodNanos;
    private final Thread thread;
    private volatile boolean closed;

    Ticker(ThreadFactory threads, Duration period, Runnable action) {
        this.action = action;
        this.periodNanos = period.toNanos();
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed && !Thread.currentThread().isInterrupted()) {
            try {
                action.run();
            } catch (RuntimeException e) {
                EndorsementLog.LOG.tickFailed(e);
            }
            LockSupport.parkNanos(this, periodNanos);
        }
    }
}
