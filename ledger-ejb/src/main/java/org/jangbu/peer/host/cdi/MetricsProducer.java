package org.jangbu.peer.host.cdi;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jangbu.peer.host.HostMetrics;
import org.jangbu.peer.host.micrometer.MicrometerMetrics;

/** Counts with the server's Micrometer registry if it has one. A bean of its own, since other servers lack the very class. */
@ApplicationScoped
public class MetricsProducer {
    @Produces
    @Singleton
    HostMetrics metrics(Instance<MeterRegistry> registry) {
        return registry.isResolvable() ? new MicrometerMetrics(registry.get()) : HostMetrics.NONE;
    }

    /** The application goes. */
    void close(@Disposes HostMetrics metrics) {
        if (metrics instanceof MicrometerMetrics counted) {
            counted.close();
        }
    }
}
