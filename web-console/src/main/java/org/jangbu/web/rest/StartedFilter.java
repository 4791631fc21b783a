package org.jangbu.web.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;

/** Answers 503 until the ledgers have been opened. */
@Provider
public class StartedFilter implements ContainerRequestFilter {
    @Inject
    HealthRegistry health;

    /** Once started stays started: the registry is asked no more then. */
    private volatile boolean started;

    @Override
    public void filter(ContainerRequestContext request) {
        if (started) {
            return;
        }
        started = HealthRegistry.isUp(health.check(HealthKind.STARTUP));
        if (!started) {
            request.abortWith(ProblemResponses.of(Problem.of(ProblemCode.UNAVAILABLE, "the server is starting"))
                    .build());
        }
    }
}
