package org.jangbu.ledger.channel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Set;
import java.util.TreeSet;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.jangbu.model.ChannelId;

/**
 * The capabilities this version has, by group. Fabric's V3_0 (BFT and Ed25519) is not among them. Validation knows the rules of
 * application capability V2_0 and later only, so a channel that stayed below is refused too.
 */
final class SupportedCapabilities {
    private static final Set<String> CHANNEL = Set.of("V1_1", "V1_3", "V1_4_2", "V1_4_3", "V2_0");
    private static final Set<String> ORDERER = Set.of("V1_1", "V1_4_2", "V2_0");
    private static final Set<String> APPLICATION = Set.of("V1_1", "V1_2", "V1_3", "V1_4_2", "V2_0", "V2_5");
    private static final Set<String> NEW_LIFECYCLE = Set.of("V2_0", "V2_5");

    private SupportedCapabilities() {}

    static Set<String> ofChannel(ChannelId channel, ConfigGroup group) throws ChannelConfigException {
        return required(channel, ConfigPath.CHANNEL, group, CHANNEL);
    }

    static Set<String> ofOrderer(ChannelId channel, ConfigGroup group) throws ChannelConfigException {
        return required(channel, ConfigPath.ORDERER, group, ORDERER);
    }

    static Set<String> ofApplication(ChannelId channel, ConfigGroup group) throws ChannelConfigException {
        Set<String> demanded = required(channel, ConfigPath.APPLICATION, group, APPLICATION);
        if (demanded.stream().noneMatch(NEW_LIFECYCLE::contains)) {
            throw new ChannelConfigException(
                    channel,
                    "group Application demands neither V2_0 nor V2_5; older rules of validation are not known here");
        }
        return demanded;
    }

    private static Set<String> required(ChannelId channel, String path, ConfigGroup group, Set<String> supported)
            throws ChannelConfigException {
        Set<String> demanded = new TreeSet<>();
        try {
            demanded.addAll(Capabilities.parseFrom(ConfigValues.of(group, ConfigPath.CAPABILITIES))
                    .getCapabilitiesMap()
                    .keySet());
        } catch (InvalidProtocolBufferException e) {
            throw new ChannelConfigException(channel, "Capabilities of group " + path + " are not readable", e);
        }
        for (String capability : demanded) {
            if (!supported.contains(capability)) {
                throw new UnsupportedCapabilityException(channel, path, ConfigPath.shown(capability));
            }
        }
        return Set.copyOf(demanded);
    }
}
