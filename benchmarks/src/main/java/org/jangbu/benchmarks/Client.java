package org.jangbu.benchmarks;

import java.util.concurrent.CompletableFuture;

/** Calls a network by one of its faces. */
public interface Client extends AutoCloseable {
    /** Completes when the answer is there, of a call that is ordered when it is committed; exceptionally when none came. */
    CompletableFuture<Answer> call(Workload.Call call);

    @Override
    default void close() {}

    /**
     * What came back.
     *
     * @param outcome in a word or two, for the count of failures
     */
    record Answer(boolean succeeded, String outcome) {}
}
