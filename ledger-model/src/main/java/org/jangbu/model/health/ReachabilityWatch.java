package org.jangbu.model.health;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks every second whether something outside is there (the database, the broker) and registers the last answer as a readiness probe, so that
 * whoever probes need not wait for what is away.
 */
public final class ReachabilityWatch implements AutoCloseable {
    /** An answer older than this is none: the question itself hangs. */
    public static final Duration STALE = Duration.ofSeconds(10);

    private final String name;
    private final Callable<Boolean> question;
    private final LongSupplier nanoTime;
    private final HealthRegistry.Registration registration;
    private volatile boolean reachable;
    private volatile long askedAt;
    private volatile @Nullable Future<?> asking;

    /**
     * Registers the probe; until the first answer it is down.
     *
     * @param name of the probe, for example {@code database}
     * @param question whether it is there; a failure counts as no
     */
    public ReachabilityWatch(String name, Callable<Boolean> question, HealthRegistry registry) {
        this(name, question, registry, System::nanoTime);
    }

    ReachabilityWatch(String name, Callable<Boolean> question, HealthRegistry registry, LongSupplier nanoTime) {
        this.name = name;
        this.question = question;
        this.nanoTime = nanoTime;
        this.askedAt = nanoTime.getAsLong();
        this.registration = registry.register(HealthKind.READINESS, name, this::status);
    }

    /** Asks from now on. */
    public void begin(ScheduledExecutorService timer) {
        asking = timer.scheduleWithFixedDelay(this::ask, 0, 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        Future<?> running = asking;
        if (running != null) {
            running.cancel(false);
        }
        registration.close();
    }

    void ask() {
        try {
            reachable = question.call();
        } catch (Exception e) {
            reachable = false; // and asked again: an exception would end the asking
        }
        askedAt = nanoTime.getAsLong();
    }

    private HealthStatus status() {
        if (nanoTime.getAsLong() - askedAt > STALE.toNanos()) {
            return HealthStatus.down("the " + name + " does not answer");
        }
        return reachable ? HealthStatus.up() : HealthStatus.down("the " + name + " is not reachable");
    }
}
