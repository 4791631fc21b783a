package org.jangbu.web.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.model.health.HealthStatus;

/** Health as of at most a second ago: anybody may ask, and asking must not wear out what is asked. */
@ApplicationScoped
public class RecentHealth {
    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    private final Map<HealthKind, Seen> seen = new EnumMap<>(HealthKind.class);

    @Inject
    HealthRegistry registry;

    /** What the probes of a kind say. */
    public synchronized Map<String, HealthStatus> check(HealthKind kind) {
        Seen last = seen.get(kind);
        if (last != null && System.nanoTime() - last.at() < FRESH) {
            return last.answers();
        }
        Map<String, HealthStatus> answers = registry.check(kind);
        seen.put(kind, new Seen(System.nanoTime(), answers));
        return answers;
    }

    private record Seen(long at, Map<String, HealthStatus> answers) {}
}
