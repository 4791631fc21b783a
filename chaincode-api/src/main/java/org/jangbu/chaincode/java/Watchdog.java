package org.jangbu.chaincode.java;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that looks at every running invocation a hundred times a second, and sleeps when there is none for a while. A stray invocation is thus
 * ended within some ten milliseconds, at no cost to the others.
 */
final class Watchdog implements AutoCloseable {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int LOOKS_BEFORE_SLEEP = 100;

    private final Set<Running> watched = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;

    Watchdog(ThreadFactory threads) {
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    void watch(Running running) {
        watched.add(running);
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    void release(Running running) {
        watched.remove(running);
    }

    private void run() {
        int quiet = 0;
        while (!closed) {
            // A server interrupts the threads of what it stops, and an interrupted thread does not park: it would spin
            // until it is closed.
            boolean unused = Thread.interrupted();
            long now = System.nanoTime();
            watched.forEach(running -> running.inspect(now));
            quiet = watched.isEmpty() ? quiet + 1 : 0;
            if (quiet < LOOKS_BEFORE_SLEEP) {
                LockSupport.parkNanos(this, INTERVAL);
            } else {
                sleep();
            }
        }
    }

    private void sleep() {
        asleep = true;
        if (watched.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
