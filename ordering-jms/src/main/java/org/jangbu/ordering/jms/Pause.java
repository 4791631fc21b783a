package org.jangbu.ordering.jms;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that ends at once when the orderer stops. */
public final class Pause {
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Ends all waiting, now and later. */
    public void stop() {
        stopping.countDown();
    }

    /** Whether the orderer stops. */
    boolean isOver() {
        return stopping.getCount() == 0;
    }

    /** Waits, unless the orderer stops; an interrupt ends it too and stays set. */
    void take(Duration most) {
        try {
            boolean unused = stopping.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
