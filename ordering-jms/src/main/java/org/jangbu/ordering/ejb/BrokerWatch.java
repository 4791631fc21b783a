package org.jangbu.ordering.ejb;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.model.health.HealthStatus;
import org.jspecify.annotations.Nullable;

/** Asks the broker every second whether it is there, so that a health probe need not wait for one that is not. */
final class BrokerWatch implements AutoCloseable {
    /** An answer older than this is none: the question itself hangs. */
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final BooleanSupplier broker;
    private final HealthRegistry.Registration registration;
    private volatile boolean reachable;
    private volatile long askedAt = System.nanoTime();
    private volatile @Nullable Future<?> asking;

    BrokerWatch(BooleanSupplier broker, HealthRegistry registry) {
        this.broker = broker;
        this.registration = registry.register(HealthKind.READINESS, "broker", this::status);
    }

    void begin(ScheduledExecutorService timer) {
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

    private void ask() {
        try {
            reachable = broker.getAsBoolean();
        } catch (RuntimeException e) {
            reachable = false; // and asked again: an exception would end the asking
        }
        askedAt = System.nanoTime();
    }

    private HealthStatus status() {
        if (System.nanoTime() - askedAt > STALE_NANOS) {
            return HealthStatus.down("the broker does not answer");
        }
        return reachable ? HealthStatus.up() : HealthStatus.down("the broker is not reachable");
    }
}
