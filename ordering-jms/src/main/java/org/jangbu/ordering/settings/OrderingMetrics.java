package org.jangbu.ordering.settings;

import java.time.Duration;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.model.ChannelId;

/** What an orderer counts, under Fabric's names; an adapter says where the figures go. Never throws and never waits. */
public interface OrderingMetrics {
    /** {@code broadcast_validate_duration}: from the arrival of an envelope to the door's verdict. */
    void validated(ChannelId channel, Status status, Duration duration);

    /** {@code broadcast_enqueue_duration} and {@code broadcast_processed_count}: from the verdict to the answer. */
    void enqueued(ChannelId channel, Status status, Duration duration);

    /** {@code blockcutter_block_fill_duration}: how long the first envelope of a batch waited for company. */
    void filled(ChannelId channel, Duration duration);

    /** {@code deliver_blocks_sent}: blocks handed out to whoever asked for them. */
    void blocksSent(ChannelId channel, int blocks);

    /** {@code consensus_jms_batch_order_duration}: from a batch in hand to all of it in published blocks. */
    void ordered(ChannelId channel, Duration duration);

    /** Counts nothing. */
    OrderingMetrics NONE = new OrderingMetrics() {
        @Override
        public void validated(ChannelId channel, Status status, Duration duration) {}

        @Override
        public void enqueued(ChannelId channel, Status status, Duration duration) {}

        @Override
        public void filled(ChannelId channel, Duration duration) {}

        @Override
        public void blocksSent(ChannelId channel, int blocks) {}

        @Override
        public void ordered(ChannelId channel, Duration duration) {}
    };
}
