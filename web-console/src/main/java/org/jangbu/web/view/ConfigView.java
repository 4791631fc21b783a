package org.jangbu.web.view;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;

/** A channel's configuration as a configuration transaction sets it: its sequence and whose organisations take part. */
public record ConfigView(
        BigInteger sequence, List<String> applicationOrganizations, List<String> ordererOrganizations) {

    static Optional<ConfigView> of(ByteString configEnvelope) {
        try {
            ConfigEnvelope envelope = ConfigEnvelope.parseFrom(configEnvelope);
            Map<String, ConfigGroup> groups =
                    envelope.getConfig().getChannelGroup().getGroupsMap();
            return Optional.of(new ConfigView(
                    ReadWriteSetView.unsigned(envelope.getConfig().getSequence()),
                    organizations(groups, "Application"),
                    organizations(groups, "Orderer")));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static List<String> organizations(Map<String, ConfigGroup> groups, String name) {
        return groups.getOrDefault(name, ConfigGroup.getDefaultInstance()).getGroupsMap().keySet().stream()
                .sorted()
                .toList();
    }
}
