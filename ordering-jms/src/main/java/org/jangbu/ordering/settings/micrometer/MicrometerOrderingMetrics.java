package org.jangbu.ordering.settings.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.settings.OrderingMetrics;

/**
 * The figures under Fabric's names. Labels are channels that are ordered here and statuses, never what a stranger makes up. Meters are kept,
 * since WildFly's registry of an application looks through all it has at each call.
 */
public final class MicrometerOrderingMetrics implements OrderingMetrics, AutoCloseable {
    /** Every name here begins with one of these. */
    private static final List<String> PREFIXES =
            List.of("broadcast_", "blockcutter_", "deliver_blocks_sent", "consensus_jms_");

    private static final String TYPE = "ENDORSER_TRANSACTION";

    private final MeterRegistry registry;
    private final Map<Meter, Timer> timers = new ConcurrentHashMap<>();
    private final Map<Meter, Counter> counters = new ConcurrentHashMap<>();

    public MicrometerOrderingMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Takes the meters out of the registry, which outlives the application and would go on with this one's. */
    @Override
    public void close() {
        registry.getMeters().stream()
                .filter(meter -> PREFIXES.stream().anyMatch(meter.getId().getName()::startsWith))
                .forEach(registry::remove);
    }

    @Override
    public void validated(ChannelId channel, Status status, Duration duration) {
        timer(new Meter("broadcast_validate_duration", channel, status.name())).record(duration);
    }

    @Override
    public void enqueued(ChannelId channel, Status status, Duration duration) {
        timer(new Meter("broadcast_enqueue_duration", channel, status.name())).record(duration);
        counter(new Meter("broadcast_processed_count", channel, status.name())).increment();
    }

    @Override
    public void filled(ChannelId channel, Duration duration) {
        timer(new Meter("blockcutter_block_fill_duration", channel, "")).record(duration);
    }

    @Override
    public void blocksSent(ChannelId channel, int blocks) {
        counter(new Meter("deliver_blocks_sent", channel, "")).increment(blocks);
    }

    @Override
    public void ordered(ChannelId channel, Duration duration) {
        timer(new Meter("consensus_jms_batch_order_duration", channel, "")).record(duration);
    }

    private Timer timer(Meter meter) {
        return timers.computeIfAbsent(meter, made -> registry.timer(made.name(), made.labels()));
    }

    private Counter counter(Meter meter) {
        return counters.computeIfAbsent(meter, made -> registry.counter(made.name(), made.labels()));
    }

    /** A meter by name and labels; without status where that is empty. */
    private record Meter(String name, ChannelId channel, String status) {
        Tags labels() {
            Tags ofChannel = Tags.of("channel", channel.value());
            return status.isEmpty() ? ofChannel : ofChannel.and("type", TYPE, "status", status);
        }
    }
}
