package org.jangbu.ordering.broadcast;

import java.util.concurrent.CompletableFuture;

/**
 * An envelope at the door and whoever waits for its answer.
 *
 * @param configSequence sequence of the configuration by which it was let in
 * @param alone whether it must travel and stand in its block by itself: a configuration
 * @param since when it was let in, on the clock of {@link System#nanoTime}
 */
record Waiting(Batch.Entry entry, long configSequence, boolean alone, long since, CompletableFuture<Void> answer) {
    int size() {
        return entry.envelope().size();
    }
}
