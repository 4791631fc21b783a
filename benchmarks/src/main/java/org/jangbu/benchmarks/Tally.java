package org.jangbu.benchmarks;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What came of the requests of a run. Thread-safe. */
final class Tally {
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(5);

    private final LongAdder succeeded = new LongAdder();
    private final Histogram latency = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final Map<String, Integer> failures = new TreeMap<>();

    /**
     * Counts one request that has ended now.
     *
     * @param begin by {@link System#nanoTime}, from when on its latency counts
     * @param answer nothing where there is a failure
     */
    void ended(long begin, Client.@Nullable Answer answer, @Nullable Throwable failure) {
        if (failure != null || answer == null) {
            failed(failure == null ? "no answer" : failure.getClass().getSimpleName());
        } else if (!answer.succeeded()) {
            failed(answer.outcome());
        } else {
            succeeded.increment();
            latency.recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin)));
        }
    }

    long succeeded() {
        return succeeded.sum();
    }

    /** Microseconds, of successful requests only. */
    Histogram latency() {
        return latency.copy();
    }

    Map<String, Integer> failures() {
        synchronized (failures) {
            return Map.copyOf(failures);
        }
    }

    private void failed(String what) {
        synchronized (failures) {
            failures.merge(what, 1, Integer::sum);
        }
    }
}
