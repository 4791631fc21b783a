package org.jangbu.peer.event;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Many deadlines on one periodic task: waiting costs an entry in a map, neither a thread nor a timer of its own. Somebody calls {@link
 * #tick} every few milliseconds.
 */
public final class Deadlines {
    private final ConcurrentSkipListMap<Moment, Runnable> pending = new ConcurrentSkipListMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final LongSupplier nanoTime;
    private final long origin;

    /** @param nanoTime a clock like {@link System#nanoTime} */
    public Deadlines(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
    }

    /**
     * Runs {@code action} once, at the first tick after {@code delay}, unless it is cancelled before. The action must be short.
     *
     * @return cancels
     */
    public Registration after(Duration delay, Runnable action) {
        Moment moment = new Moment(now() + toNanos(delay), numbers.incrementAndGet());
        pending.put(moment, action);
        return () -> pending.remove(moment);
    }

    /** Runs everything that is due. */
    public void tick() {
        long now = now();
        Map.Entry<Moment, Runnable> first = pending.firstEntry();
        while (first != null && first.getKey().nanos() <= now) {
            // Whoever removes it runs it: a deadline that was cancelled meanwhile is gone.
            if (pending.remove(first.getKey(), first.getValue())) {
                first.getValue().run();
            }
            first = pending.firstEntry();
        }
    }

    private long now() {
        return nanoTime.getAsLong() - origin;
    }

    private static long toNanos(Duration delay) {
        return delay.compareTo(Duration.ofDays(365)) > 0
                ? Duration.ofDays(365).toNanos()
                : Math.max(0, delay.toNanos());
    }

    private record Moment(long nanos, long number) implements Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** Cancels a deadline; does nothing if it has passed. */
    @FunctionalInterface
    public interface Registration {
        void cancel();
    }
}
