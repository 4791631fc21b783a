package org.jangbu.health.microprofile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;

/** Whether every part of Jangbu still works. */
@Liveness
@ApplicationScoped
public class LivenessCheck implements HealthCheck {
    @Inject
    HealthRegistry registry;

    @Override
    public HealthCheckResponse call() {
        return RegisteredChecks.of(registry, HealthKind.LIVENESS, "jangbu-liveness");
    }
}
