package org.jangbu.health.microprofile;

import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.model.health.HealthStatus;

/** Turns the answers of all probes of one kind into one MicroProfile response: a line per probe, up only if all are. */
final class RegisteredChecks {

    private RegisteredChecks() {}

    static HealthCheckResponse of(HealthRegistry registry, HealthKind kind, String name) {
        Map<String, HealthStatus> answers = registry.check(kind);
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name).status(HealthRegistry.isUp(answers));
        answers.forEach((probe, status) -> response.withData(probe, line(status)));
        return response.build();
    }

    private static String line(HealthStatus status) {
        String word = status.well() ? "UP" : "DOWN";
        return status.detail().isEmpty() ? word : word + ": " + status.detail();
    }
}
