package org.jangbu.ordering.sequence;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.ledger.channel.ConfigUpdates;
import org.jangbu.ledger.channel.UnsupportedCapabilityException;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ParsedEnvelope;
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
    private final boolean configuration;
    private long plannedFor = -1;
    private List<List<ByteString>> parts = List.of();

    BatchPlan(Batch batch) {
        this.batch = batch;
        this.configuration = batch.entries().size() == 1
                && isConfiguration(batch.entries().get(0).envelope());
    }

    private static boolean isConfiguration(ByteString envelope) {
        try {
            return ParsedEnvelope.parse(envelope).channelHeader().getType() == HeaderType.CONFIG_VALUE;
        } catch (MalformedEnvelopeException e) {
            return false;
        }
    }

    /** Whether it brings a configuration, which is alone in its batch and in its block. */
    boolean isConfiguration() {
        return configuration;
    }

    /**
     * Whether nothing is left to do when so many parts are published, whatever the configuration is now: a configuration must not be judged
     * by itself.
     */
    boolean isComplete(int published) {
        return configuration && published > 0;
    }

    Batch batch() {
        return batch;
    }

    /** The transactions of each block; empty if the configuration lets none of them in. */
    List<List<ByteString>> parts(ChannelConfig config) {
        if (plannedFor != config.sequence()) {
            parts = configuration
                    ? authorised(config)
                    : BlockCutter.cut(BatchOrder.of(admitted(config), config.orderer()), config.orderer());
            plannedFor = config.sequence();
        }
        return parts;
    }

    /** The configuration, if it still follows the present one: of two that were made of the same, the second does not. */
    private List<List<ByteString>> authorised(ChannelConfig config) {
        Batch.Entry entry = batch.entries().get(0);
        try {
            ParsedEnvelope envelope = EnvelopeFilter.checkConfiguration(config, entry.envelope(), entry.admitted());
            ConfigUpdates.accept(config, ChannelConfigReader.configuration(envelope));
            return List.of(List.of(entry.envelope()));
        } catch (BroadcastException
                | ConfigUpdateException
                | UnsupportedCapabilityException
                | InvalidProtocolBufferException e) {
            OrderingLog.LOG.configurationDropped(batch.channel(), batch.id(), config.sequence(), e.getMessage());
            return List.of();
        }
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
