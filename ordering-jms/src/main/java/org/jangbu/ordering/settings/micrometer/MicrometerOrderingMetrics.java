package org.jangbu.ordering.settings.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.settings.OrderingMetrics;

/** The figures under Fabric's names. Labels are channels that are ordered here and statuses, never what a stranger makes up. */
public final class MicrometerOrderingMetrics implements OrderingMetrics {
    private static final String TYPE = "ENDORSER_TRANSACTION";

    private final MeterRegistry registry;

    public MicrometerOrderingMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void validated(ChannelId channel, Status status, Duration duration) {
        registry.timer("broadcast_validate_duration", labels(channel, status)).record(duration);
    }

    @Override
    public void enqueued(ChannelId channel, Status status, Duration duration) {
        Tags labels = labels(channel, status);
        registry.timer("broadcast_enqueue_duration", labels).record(duration);
        registry.counter("broadcast_processed_count", labels).increment();
    }

    @Override
    public void filled(ChannelId channel, Duration duration) {
        registry.timer("blockcutter_block_fill_duration", channel(channel)).record(duration);
    }

    @Override
    public void blocksSent(ChannelId channel, int blocks) {
        registry.counter("deliver_blocks_sent", channel(channel)).increment(blocks);
    }

    @Override
    public void ordered(ChannelId channel, Duration duration) {
        registry.timer("consensus_jms_batch_order_duration", channel(channel)).record(duration);
    }

    private static Tags labels(ChannelId channel, Status status) {
        return channel(channel).and("type", TYPE, "status", status.name());
    }

    private static Tags channel(ChannelId channel) {
        return Tags.of("channel", channel.value());
    }
}
