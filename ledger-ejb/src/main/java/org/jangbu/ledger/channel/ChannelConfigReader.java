package org.jangbu.ledger.channel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.hyperledger.fabric.protos.peer.ACLs;
import org.hyperledger.fabric.protos.peer.AnchorPeers;
import org.jangbu.ledger.channel.ChannelConfig.OrdererSettings;
import org.jangbu.ledger.channel.ChannelConfig.Organization;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.MspId;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.MspConfigurationException;

/** Makes a {@link ChannelConfig} of a configuration tree, and refuses a tree that Fabric would refuse. */
public final class ChannelConfigReader {
    private final ChannelId channel;
    private final Config config;
    private final List<MSPConfig> msps = new ArrayList<>();

    private ChannelConfigReader(ChannelId channel, Config config) {
        this.channel = channel;
        this.config = config;
    }

    /**
     * The configuration that a configuration block holds. Who signed the block is not looked at.
     *
     * @throws ChannelConfigException if the block holds no configuration, or one that cannot be used
     * @throws UnsupportedCapabilityException if it demands what this version does not have
     */
    public static ChannelConfig read(Block block) throws ChannelConfigException {
        ChannelId none = new ChannelId("unknown");
        if (block.getData().getDataCount() != 1) {
            throw new ChannelConfigException(none, "a configuration block has exactly one transaction");
        }
        try {
            ParsedEnvelope envelope = ParsedEnvelope.parse(block.getData().getData(0));
            String named = envelope.channelHeader().getChannelId();
            if (envelope.channelHeader().getType() != HeaderType.CONFIG_VALUE || !ChannelId.isValid(named)) {
                throw new ChannelConfigException(none, "the block's transaction is no configuration");
            }
            return read(new ChannelId(named), configuration(envelope).getConfig());
        } catch (MalformedEnvelopeException | InvalidProtocolBufferException e) {
            throw new ChannelConfigException(none, "the configuration block is not readable", e);
        }
    }

    /** The content of an envelope of type CONFIG. */
    public static ConfigEnvelope configuration(ParsedEnvelope envelope) throws InvalidProtocolBufferException {
        return ConfigEnvelope.parseFrom(envelope.payload().getData());
    }

    /**
     * The configuration of a tree.
     *
     * @throws ChannelConfigException if it cannot be used
     * @throws UnsupportedCapabilityException if it demands what this version does not have
     */
    public static ChannelConfig read(ChannelId channel, Config config) throws ChannelConfigException {
        try {
            return new ChannelConfigReader(channel, config).read();
        } catch (InvalidProtocolBufferException | MspConfigurationException e) {
            throw new ChannelConfigException(channel, "the configuration cannot be used: " + e.getMessage(), e);
        }
    }

    private ChannelConfig read()
            throws ChannelConfigException, InvalidProtocolBufferException, MspConfigurationException {
        ConfigTree tree = ConfigTree.of(channel, config.getChannelGroup());
        SupportedCapabilities.ofChannel(channel, tree.root());
        ConfigGroup application = tree.group(ConfigPath.APPLICATION);
        ConfigGroup orderer = tree.group(ConfigPath.ORDERER);
        SupportedCapabilities.ofApplication(channel, application);
        OrdererSettings settings = settings(orderer);
        List<Organization> applicationOrganizations = organizations(application);
        List<Organization> ordererOrganizations = organizations(orderer);
        ChannelMembership membership = ChannelMembership.of(msps);
        return new ChannelConfig(
                channel,
                config.getSequence(),
                config,
                membership,
                new PolicyTree(channel, membership).read(tree.root()),
                settings,
                applicationOrganizations,
                ordererOrganizations,
                AccessRules.overrides(ACLs.parseFrom(ConfigValues.of(application, "ACLs"))));
    }

    private OrdererSettings settings(ConfigGroup orderer)
            throws ChannelConfigException, InvalidProtocolBufferException {
        Set<String> capabilities = SupportedCapabilities.ofOrderer(channel, orderer);
        BatchSize size = BatchSize.parseFrom(ConfigValues.of(orderer, "BatchSize"));
        // uint32 in Java: a value beyond 2 GiB shows as negative.
        if (Stream.of(size.getMaxMessageCount(), size.getAbsoluteMaxBytes(), size.getPreferredMaxBytes())
                        .anyMatch(limit -> limit <= 0)
                || size.getPreferredMaxBytes() > size.getAbsoluteMaxBytes()) {
            throw new ChannelConfigException(channel, "the orderer's BatchSize has limits that make no sense");
        }
        ConsensusType consensus = ConsensusType.parseFrom(ConfigValues.of(orderer, "ConsensusType"));
        return new OrdererSettings(
                size.getMaxMessageCount(),
                size.getAbsoluteMaxBytes(),
                size.getPreferredMaxBytes(),
                batchTimeout(orderer),
                consensus.getType(),
                metadata(consensus),
                capabilities);
    }

    private Map<String, String> metadata(ConsensusType consensus) throws ChannelConfigException {
        if (!consensus.getType().equals(ConsensusMetadata.JMS)) {
            return Map.of();
        }
        try {
            return ConsensusMetadata.read(consensus.getMetadata());
        } catch (IllegalArgumentException e) {
            throw new ChannelConfigException(
                    channel, "the metadata of the consensus cannot be read: " + e.getMessage(), e);
        }
    }

    private Duration batchTimeout(ConfigGroup orderer) throws ChannelConfigException, InvalidProtocolBufferException {
        String text =
                BatchTimeout.parseFrom(ConfigValues.of(orderer, "BatchTimeout")).getTimeout();
        try {
            Duration timeout = GoDuration.parse(text);
            if (timeout.isZero()) {
                throw new ChannelConfigException(channel, "the orderer's BatchTimeout must be longer than nothing");
            }
            return timeout;
        } catch (IllegalArgumentException e) {
            throw new ChannelConfigException(channel, "the orderer's BatchTimeout is " + e.getMessage(), e);
        }
    }

    private List<Organization> organizations(ConfigGroup parent)
            throws ChannelConfigException, InvalidProtocolBufferException, MspConfigurationException {
        List<Organization> organizations = new ArrayList<>();
        for (Map.Entry<String, ConfigGroup> group :
                ConfigTree.sortedGroups(parent).entrySet()) {
            MSPConfig msp = MSPConfig.parseFrom(ConfigValues.of(group.getValue(), ConfigPath.MSP));
            msps.add(msp);
            organizations.add(new Organization(group.getKey(), mspId(msp), anchorPeers(group.getValue())));
        }
        return List.copyOf(organizations);
    }

    private static List<ChannelProfile.Address> anchorPeers(ConfigGroup organization)
            throws InvalidProtocolBufferException {
        return AnchorPeers.parseFrom(ConfigValues.of(organization, ConfigPath.ANCHOR_PEERS))
                .getAnchorPeersList()
                .stream()
                .map(anchor -> new ChannelProfile.Address(anchor.getHost(), anchor.getPort()))
                .toList();
    }

    private MspId mspId(MSPConfig msp) throws ChannelConfigException, InvalidProtocolBufferException {
        String name = FabricMSPConfig.parseFrom(msp.getConfig()).getName();
        try {
            return new MspId(name);
        } catch (IllegalArgumentException e) {
            throw new ChannelConfigException(channel, String.valueOf(e.getMessage()), e);
        }
    }
}
