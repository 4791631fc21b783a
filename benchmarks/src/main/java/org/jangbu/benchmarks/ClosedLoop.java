package org.jangbu.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/** Keeps a fixed number of requests in flight until the time is over or enough were sent, then waits for the last answers. */
public final class ClosedLoop {
    private final Client client;
    private final Workload workload;
    private final int inFlight;
    private final LongAdder sent = new LongAdder();
    private final Tally tally = new Tally();
    private final CountDownLatch running;
    private final long deadline;
    private final long most;

    private ClosedLoop(Client client, Workload workload, int inFlight, Duration time, long most) {
        this.client = client;
        this.workload = workload;
        this.inFlight = inFlight;
        this.running = new CountDownLatch(inFlight);
        this.deadline = System.nanoTime() + time.toNanos();
        this.most = most;
    }

    /** Runs to the end; both bounds hold, whichever is reached first. */
    public static Result run(Client client, Workload workload, int inFlight, Duration time, long most)
            throws InterruptedException {
        return new ClosedLoop(client, workload, inFlight, time, most).run();
    }

    private Result run() throws InterruptedException {
        long begin = System.nanoTime();
        for (int slot = 0; slot < inFlight; slot++) {
            next(slot);
        }
        running.await();
        return new Result(
                inFlight,
                Duration.ofNanos(System.nanoTime() - begin),
                sent.sum(),
                tally.succeeded(),
                tally.latency(),
                tally.failures());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whenComplete looks at both ends
    private void next(int slot) {
        if (System.nanoTime() - deadline >= 0 || sent.sum() >= most) {
            running.countDown();
            return;
        }
        sent.increment();
        long begin = System.nanoTime();
        client.call(workload.next(slot)).whenComplete((answer, failure) -> {
            tally.ended(begin, answer, failure);
            next(slot);
        });
    }

    /** What a run showed; latencies in microseconds, of successful requests only. */
    public record Result(
            int inFlight, Duration time, long sent, long succeeded, Histogram latency, Map<String, Integer> failures) {
        public double perSecond() {
            return succeeded * 1e9 / time.toNanos();
        }

        public double millisAt(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1000.0;
        }
    }
}
