package org.jangbu.ordering.sequence;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ordering.broadcast.Batch;
import org.jangbu.ordering.broadcast.EnvelopeFilter;
import org.jangbu.ordering.log.OrderingLog;
import org.jangbu.peer.gateway.BroadcastException;

/**
 * What blocks a batch becomes under a configuration. A function of the two alone, so that every orderer plans alike: an orderer that takes
 * over in the middle of a batch goes on where the other stopped. No configuration changes between two parts of a batch, since batches of a
 * channel are ordered one after the other and a configuration is alone in its batch.
 */
final class BatchPlan {
    private final Batch batch;
    private long plannedFor = -1;
    private List<List<ByteString>> parts = List.of();

    BatchPlan(Batch batch) {
        this.batch = batch;
    }

    Batch batch() {
        return batch;
    }

    /** The transactions of each block; empty if the configuration lets none of them in. */
    List<List<ByteString>> parts(ChannelConfig config) {
        if (plannedFor != config.sequence()) {
            parts = BlockCutter.cut(BatchOrder.of(admitted(config), config.orderer()), config.orderer());
            plannedFor = config.sequence();
        }
        return parts;
    }

    /** The entries without those that a newer configuration refuses, judged as of their admission. */
    private List<Batch.Entry> admitted(ChannelConfig config) {
        if (config.sequence() == batch.configSequence()) {
            return batch.entries();
        }
        List<Batch.Entry> kept = new ArrayList<>();
        for (Batch.Entry entry : batch.entries()) {
            try {
                EnvelopeFilter.check(config, entry.envelope(), entry.admitted());
                kept.add(entry);
            } catch (BroadcastException e) {
                OrderingLog.LOG.droppedByNewConfig(
                        batch.channel(), batch.id(), config.sequence(), e.status(), e.getMessage());
            }
        }
        return kept;
    }
}
