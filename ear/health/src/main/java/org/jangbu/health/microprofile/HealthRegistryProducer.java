package org.jangbu.health.microprofile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.jangbu.model.health.HealthRegistry;

/** Makes the registry, a plain class, the one bean of the application. */
@ApplicationScoped
public class HealthRegistryProducer {

    @Produces
    @ApplicationScoped
    HealthRegistry registry() {
        return new HealthRegistry();
    }
}
