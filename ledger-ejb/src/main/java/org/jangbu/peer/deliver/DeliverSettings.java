package org.jangbu.peer.deliver;

import java.time.Duration;

/**
 * Bounds and waits of a pipeline.
 *
 * @param mostBlocks blocks that may wait for their turn; others are dropped and asked for later
 * @param mostBytes bytes of all blocks that wait
 * @param fetchBlocks blocks asked of a source at a time
 * @param fetchPatience after which a source that does not answer counts as away
 * @param gapPatience how long a missing block may be on its way before it is asked for
 * @param firstRetry wait after a first failure; doubled with each further one
 * @param longestRetry longest such wait
 * @param heightPeriod how often a source is asked how many blocks there are
 */
public record DeliverSettings(
        int mostBlocks,
        long mostBytes,
        int fetchBlocks,
        Duration fetchPatience,
        Duration gapPatience,
        Duration firstRetry,
        Duration longestRetry,
        Duration heightPeriod) {

    /** 256 blocks, 64 MiB; 64 blocks at a time, 30 s; 50 ms; 100 ms to 10 s; 10 s. */
    public static final DeliverSettings DEFAULT = new DeliverSettings(
            256,
            64L << 20,
            64,
            Duration.ofSeconds(30),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));

    /** The wait before the next try after so many failures in a row. */
    Duration retryAfter(int failures) {
        Duration wait = firstRetry;
        for (int i = 1; i < failures && wait.compareTo(longestRetry) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longestRetry) < 0 ? wait : longestRetry;
    }
}
