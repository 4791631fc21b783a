package org.jangbu.ordering.settings.cdi;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jangbu.ordering.settings.OrderingMetrics;
import org.jangbu.ordering.settings.micrometer.MicrometerOrderingMetrics;

/** Counts with the server's Micrometer registry if it has one. A bean of its own, since other servers lack the very class. */
@ApplicationScoped
public class OrderingMetricsProducer {
    @Produces
    @Singleton
    OrderingMetrics metrics(Instance<MeterRegistry> registry) {
        return registry.isResolvable() ? new MicrometerOrderingMetrics(registry.get()) : OrderingMetrics.NONE;
    }

    /** The application goes. */
    void close(@Disposes OrderingMetrics metrics) {
        if (metrics instanceof MicrometerOrderingMetrics counted) {
            counted.close();
        }
    }
}
