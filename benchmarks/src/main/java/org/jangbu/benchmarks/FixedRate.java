package org.jangbu.benchmarks;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at a rate, whether or not earlier ones have been answered. Latency counts from when a request was due: a network that stalls is not
 * spared the requests that it held up. More in flight than a bound hold back the next ones, which count as late.
 */
public final class FixedRate {
    private static final int MOST_IN_FLIGHT = 1024;

    private final Semaphore free = new Semaphore(MOST_IN_FLIGHT);
    private final Tally tally = new Tally();

    private FixedRate() {}

    /** Runs to the end and waits for the last answers; both bounds hold, whichever is reached first. */
    public static ClosedLoop.Result run(Client client, Workload workload, int perSecond, Duration time, long most)
            throws InterruptedException {
        return new FixedRate().send(client, workload, perSecond, time, most);
    }

    private ClosedLoop.Result send(Client client, Workload workload, int perSecond, Duration time, long most)
            throws InterruptedException {
        long begin = System.nanoTime();
        long count = Math.min(most, perSecond * time.toSeconds());
        for (long i = 0; i < count; i++) {
            long due = begin + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            free.acquire();
            send(client, workload, due);
        }
        free.acquire(MOST_IN_FLIGHT);
        return new ClosedLoop.Result(
                MOST_IN_FLIGHT,
                Duration.ofNanos(System.nanoTime() - begin),
                count,
                tally.succeeded(),
                tally.latency(),
                tally.failures());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whenComplete looks at both ends
    private void send(Client client, Workload workload, long due) {
        client.call(workload.next(0)).whenComplete((answer, failure) -> {
            tally.ended(due, answer, failure);
            free.release();
        });
    }
}
