package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.OrdererAddresses;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.ledger.channel.ChannelConfig;

/** What a channel's configuration says of an organisation's nodes that only those need who connect to them. */
final class ConfiguredNodes {
    private ConfiguredNodes() {}

    /**
     * Who may vouch for the TLS certificates of an organisation's nodes, in PEM.
     *
     * @param part {@code Application} or {@code Orderer}
     */
    static Set<ByteString> authorities(ChannelConfig config, String part, ChannelConfig.Organization organization) {
        try {
            FabricMSPConfig msp =
                    FabricMSPConfig.parseFrom(MSPConfig.parseFrom(value(group(config, part, organization), "MSP"))
                            .getConfig());
            Set<ByteString> authorities = new LinkedHashSet<>(msp.getTlsRootCertsList());
            authorities.addAll(msp.getTlsIntermediateCertsList());
            return Set.copyOf(authorities);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a configuration in force cannot be read", e);
        }
    }

    /** Where the orderers of an organisation are, host:port; the channel's own list where the organisation has none. */
    static Set<String> orderers(ChannelConfig config, ChannelConfig.Organization organization) {
        try {
            Set<String> own = new LinkedHashSet<>(
                    OrdererAddresses.parseFrom(value(group(config, "Orderer", organization), "Endpoints"))
                            .getAddressesList());
            return own.isEmpty()
                    ? new LinkedHashSet<>(
                            OrdererAddresses.parseFrom(value(config.config().getChannelGroup(), "OrdererAddresses"))
                                    .getAddressesList())
                    : own;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a configuration in force cannot be read", e);
        }
    }

    private static ConfigGroup group(ChannelConfig config, String part, ChannelConfig.Organization organization) {
        return config.config()
                .getChannelGroup()
                .getGroupsOrDefault(part, ConfigGroup.getDefaultInstance())
                .getGroupsOrDefault(organization.group(), ConfigGroup.getDefaultInstance());
    }

    private static ByteString value(ConfigGroup group, String name) {
        return Optional.ofNullable(group.getValuesMap().get(name))
                .map(ConfigValue::getValue)
                .orElse(ByteString.EMPTY);
    }
}
