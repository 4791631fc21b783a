package org.jangbu.model.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The probes of one server, by kind and name. Parts register when they start and close their registration when they stop. Safe for use by many threads.
 *
 * <p>A kind without a single probe is not well: whoever asks before the parts have started must not hear that all is up.
 */
public class HealthRegistry {
    private final NavigableMap<String, HealthProbe> startup = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, HealthProbe> liveness = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, HealthProbe> readiness = new ConcurrentSkipListMap<>();

    /**
     * Adds a probe.
     *
     * @param name what the operator will read, unique within the kind, for example {@code database} or {@code ledger peer0.org1.example.com/channel1}
     * @return removes the probe again when closed
     * @throws IllegalStateException if the name is taken: two parts would hide each other's answer
     */
    public Registration register(HealthKind kind, String name, HealthProbe probe) {
        if (probes(kind).putIfAbsent(name, probe) != null) {
            throw new IllegalStateException("a " + kind + " probe named '" + name + "' is already registered");
        }
        return () -> probes(kind).remove(name, probe);
    }

    /** Asks every probe of a kind, in the order of their names. Never throws. */
    public Map<String, HealthStatus> check(HealthKind kind) {
        Map<String, HealthStatus> answers = new LinkedHashMap<>();
        probes(kind).forEach((name, probe) -> answers.put(name, ask(probe)));
        return answers;
    }

    /** Whether these answers, of one kind, say that the server is well. */
    public static boolean isUp(Map<String, HealthStatus> answers) {
        return !answers.isEmpty() && answers.values().stream().allMatch(HealthStatus::well);
    }

    private NavigableMap<String, HealthProbe> probes(HealthKind kind) {
        return switch (kind) {
            case STARTUP -> startup;
            case LIVENESS -> liveness;
            case READINESS -> readiness;
        };
    }

    private static HealthStatus ask(HealthProbe probe) {
        try {
            return probe.check();
        } catch (Exception e) {
            return HealthStatus.down(e.getClass().getSimpleName());
        }
    }

    /** Ends a registration. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
