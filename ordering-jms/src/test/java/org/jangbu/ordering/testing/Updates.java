package org.jangbu.ordering.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ConfigDifference;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.ledger.channel.ConsensusMetadata;

/** Changes of a channel's configuration that an administrator of the orderers may make. */
public final class Updates {
    private Updates() {}

    /** Blocks of at most so many transactions. */
    public static ConfigUpdate batchSize(ChannelConfig current, int most) {
        return orderer(current, orderer -> {
            ConfigValue value = orderer.getValuesOrThrow("BatchSize");
            orderer.putValues(
                    "BatchSize",
                    value.toBuilder()
                            .setValue(size(value).toBuilder()
                                    .setMaxMessageCount(most)
                                    .build()
                                    .toByteString())
                            .build());
        });
    }

    /** Transactions of a batch as they arrived. */
    public static ConfigUpdate orderByArrival(ChannelConfig current) {
        return orderer(current, orderer -> {
            ConfigValue value = orderer.getValuesOrThrow("ConsensusType");
            ConsensusType arrival = ConsensusType.newBuilder()
                    .setType(ConsensusMetadata.JMS)
                    .setMetadata(ConsensusMetadata.write(
                            Map.of(ConsensusMetadata.ORDER, ConsensusMetadata.ORDER_BY_ARRIVAL)))
                    .build();
            orderer.putValues(
                    "ConsensusType",
                    value.toBuilder().setValue(arrival.toByteString()).build());
        });
    }

    /** The longest wait of a first envelope for company. */
    public static ConfigUpdate batchTimeout(ChannelConfig current, String timeout) {
        return orderer(current, orderer -> {
            ConfigValue value = orderer.getValuesOrThrow("BatchTimeout");
            orderer.putValues(
                    "BatchTimeout",
                    value.toBuilder()
                            .setValue(BatchTimeout.newBuilder()
                                    .setTimeout(timeout)
                                    .build()
                                    .toByteString())
                            .build());
        });
    }

    /** Takes the only organisation that orders out of the channel. */
    public static ConfigUpdate withoutOrderers(ChannelConfig current) {
        return orderer(current, ConfigGroup.Builder::clearGroups);
    }

    private static ConfigUpdate orderer(ChannelConfig current, Consumer<ConfigGroup.Builder> change) {
        ConfigGroup root = current.config().getChannelGroup();
        ConfigGroup.Builder orderer = root.getGroupsOrThrow("Orderer").toBuilder();
        change.accept(orderer);
        try {
            return ConfigDifference.of(
                    current.channel(),
                    current.config(),
                    root.toBuilder().putGroups("Orderer", orderer.build()).build());
        } catch (ConfigUpdateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BatchSize size(ConfigValue value) {
        try {
            return BatchSize.parseFrom(value.getValue());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
