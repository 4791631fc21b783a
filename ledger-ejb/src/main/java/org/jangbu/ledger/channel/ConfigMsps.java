package org.jangbu.ledger.channel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.msp.membership.FabricMsp;
import org.jangbu.msp.membership.MspConfigurationException;

/** The MSPs that stand in a configuration, by the part of the tree in which they do. */
public final class ConfigMsps {
    private ConfigMsps() {}

    /** Those of the organisations that transact. */
    public static List<FabricMsp> application(ChannelConfig config) throws ChannelConfigException {
        return of(config, ConfigPath.APPLICATION);
    }

    /** Those of the organisations that order. */
    public static List<FabricMsp> orderer(ChannelConfig config) throws ChannelConfigException {
        return of(config, ConfigPath.ORDERER);
    }

    private static List<FabricMsp> of(ChannelConfig config, String part) throws ChannelConfigException {
        ConfigGroup parent = new ConfigTree(config.channel(), config.config().getChannelGroup()).group(part);
        List<FabricMsp> msps = new ArrayList<>();
        try {
            for (ConfigGroup organization : ConfigTree.sortedGroups(parent).values()) {
                msps.add(FabricMsp.of(MSPConfig.parseFrom(ConfigValues.of(organization, ConfigPath.MSP))));
            }
        } catch (InvalidProtocolBufferException | MspConfigurationException e) {
            throw new ChannelConfigException(config.channel(), "an MSP cannot be used: " + e.getMessage(), e);
        }
        return List.copyOf(msps);
    }
}
