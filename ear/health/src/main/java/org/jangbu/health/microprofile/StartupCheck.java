package org.jangbu.health.microprofile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;

/** Whether every part of Jangbu has started. */
@Startup
@ApplicationScoped
public class StartupCheck implements HealthCheck {
    @Inject
    HealthRegistry registry;

    @Override
    public HealthCheckResponse call() {
        return RegisteredChecks.of(registry, HealthKind.STARTUP, "jangbu-startup");
    }
}
