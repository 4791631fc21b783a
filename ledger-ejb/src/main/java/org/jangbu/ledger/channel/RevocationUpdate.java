package org.jangbu.ledger.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.model.MspId;
import org.jangbu.msp.membership.RevocationNews;

/**
 * The update that brings revocation lists of an organisation's authorities into a channel: from its block on, every peer refuses what they
 * revoke, and none does before. A list replaces that of the same authority; the others stay. Where an organisation both orders and
 * transacts, its MSP stands in the configuration twice, and both are changed.
 */
public final class RevocationUpdate {
    private static final List<String> PARTS = List.of(ConfigPath.APPLICATION, ConfigPath.ORDERER);

    private RevocationUpdate() {}

    /**
     * Prepares the update; unsigned.
     *
     * @param lists each one list, PEM or DER
     * @throws ConfigUpdateException if the channel has no such MSP, a list is not signed by one of its authorities or says no more than the
     *     one that the channel has, or the MSP could not stand with it
     */
    public static ConfigUpdate prepare(ChannelConfig current, MspId mspId, List<ByteString> lists)
            throws ConfigUpdateException {
        if (lists.isEmpty()) {
            throw new ConfigUpdateException("no revocation list is given");
        }
        ConfigGroup.Builder changed = current.config().getChannelGroup().toBuilder();
        for (Place place : places(current, mspId)) {
            FabricMSPConfig revoking = MspRevocations.of(place.content()).with(lists);
            ConfigGroup.Builder part = changed.getGroupsOrThrow(place.part()).toBuilder();
            part.putGroups(place.organization(), place.withContent(revoking));
            changed.putGroups(place.part(), part.build());
        }
        try {
            Config result =
                    current.config().toBuilder().setChannelGroup(changed).build();
            ChannelConfigReader.read(current.channel(), result);
        } catch (ChannelConfigException e) {
            throw new ConfigUpdateException("the channel could not be used with this list: " + e.getMessage(), e);
        }
        return ConfigDifference.of(current.channel(), current.config(), changed.build());
    }

    /**
     * Prepares the update that brings what the MSP lacks of the lists that this server knows; those of other organisations are passed over.
     *
     * @throws ConfigUpdateException as above, or if the MSP lacks none
     */
    public static ConfigUpdate prepareKnown(ChannelConfig current, MspId mspId, RevocationNews known)
            throws ConfigUpdateException {
        List<ByteString> lacking =
                MspRevocations.of(places(current, mspId).get(0).content()).lacking(known.lists());
        if (lacking.isEmpty()) {
            throw new ConfigUpdateException("this server knows no revocation list of an authority of " + mspId
                    + " that is newer than what channel " + current.channel() + " has");
        }
        return prepare(current, mspId, lacking);
    }

    /** Where the MSP stands; at least one place. */
    private static List<Place> places(ChannelConfig current, MspId mspId) throws ConfigUpdateException {
        ConfigGroup root = current.config().getChannelGroup();
        List<Place> places = new ArrayList<>();
        try {
            for (String part : PARTS) {
                ConfigGroup organizations = root.getGroupsOrDefault(part, ConfigGroup.getDefaultInstance());
                for (Map.Entry<String, ConfigGroup> each :
                        organizations.getGroupsMap().entrySet()) {
                    MSPConfig msp = MSPConfig.parseFrom(ConfigValues.of(each.getValue(), ConfigPath.MSP));
                    FabricMSPConfig content = FabricMSPConfig.parseFrom(msp.getConfig());
                    if (content.getName().equals(mspId.value())) {
                        places.add(new Place(part, each.getKey(), each.getValue(), msp, content));
                    }
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new ConfigUpdateException("an MSP of the channel cannot be read: " + e.getMessage(), e);
        }
        if (places.isEmpty()) {
            throw new ConfigUpdateException("channel " + current.channel() + " has no MSP " + mspId);
        }
        return places;
    }

    /** An organisation's group, and the MSP in it. */
    private record Place(String part, String organization, ConfigGroup group, MSPConfig msp, FabricMSPConfig content) {
        ConfigGroup withContent(FabricMSPConfig other) {
            MSPConfig changed = msp.toBuilder().setConfig(other.toByteString()).build();
            ConfigValue value = group.getValuesOrThrow(ConfigPath.MSP);
            return group.toBuilder()
                    .putValues(
                            ConfigPath.MSP,
                            value.toBuilder().setValue(changed.toByteString()).build())
                    .build();
        }
    }
}
