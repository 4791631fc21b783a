package org.jangbu.peer.host.ejb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.model.health.HealthStatus;
import org.jspecify.annotations.Nullable;

/** Asks the database every second whether it is there, so that a health probe need not wait for one that is not. */
final class DatabaseWatch implements AutoCloseable {
    private static final int ANSWER_SECONDS = 2;

    /** An answer older than this is none: the question itself hangs. */
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DataSource database;
    private final HealthRegistry.Registration registration;
    private volatile boolean reachable;
    private volatile long askedAt = System.nanoTime();
    private volatile @Nullable Future<?> asking;

    DatabaseWatch(DataSource database, HealthRegistry registry) {
        this.database = database;
        this.registration = registry.register(HealthKind.READINESS, "database", this::status);
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
        try (Connection connection = database.getConnection()) {
            reachable = connection.isValid(ANSWER_SECONDS);
        } catch (SQLException | RuntimeException e) {
            reachable = false;
        }
        askedAt = System.nanoTime();
    }

    private HealthStatus status() {
        if (System.nanoTime() - askedAt > STALE_NANOS) {
            return HealthStatus.down("the database does not answer");
        }
        return reachable ? HealthStatus.up() : HealthStatus.down("the database is not reachable");
    }
}
