package org.jangbu.web.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.OrdererAddresses;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.ledger.channel.ChannelConfig;

/** What a channel's configuration says of its organisations beyond who belongs: their MSPs as written, where their orderers are. */
record ConfiguredOrganizations(List<FabricMSPConfig> members, List<Orderers> orderers) {

    /** The orderers of an organisation; addresses are host:port. */
    record Orderers(String mspId, List<String> addresses) {}

    static ConfiguredOrganizations of(ChannelConfig config) {
        ConfigGroup channel = config.config().getChannelGroup();
        List<FabricMSPConfig> members = new ArrayList<>();
        List<Orderers> orderers = new ArrayList<>();
        channel.getGroupsOrDefault("Application", ConfigGroup.getDefaultInstance())
                .getGroupsMap()
                .forEach((name, group) -> members.add(msp(group)));
        channel.getGroupsOrDefault("Orderer", ConfigGroup.getDefaultInstance())
                .getGroupsMap()
                .forEach((name, group) -> {
                    FabricMSPConfig msp = msp(group);
                    members.add(msp);
                    List<String> addresses = addresses(group, "Endpoints");
                    orderers.add(new Orderers(
                            msp.getName(), addresses.isEmpty() ? addresses(channel, "OrdererAddresses") : addresses));
                });
        return new ConfiguredOrganizations(List.copyOf(members), List.copyOf(orderers));
    }

    /** Certificates, in PEM, that may stand above a client's TLS certificate. */
    List<ByteString> tlsAuthorities() {
        List<ByteString> authorities = new ArrayList<>();
        members.forEach(msp -> {
            authorities.addAll(msp.getTlsRootCertsList());
            authorities.addAll(msp.getTlsIntermediateCertsList());
        });
        return authorities;
    }

    private static FabricMSPConfig msp(ConfigGroup group) {
        try {
            return FabricMSPConfig.parseFrom(
                    MSPConfig.parseFrom(group.getValuesOrThrow("MSP").getValue())
                            .getConfig());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a configuration in force cannot be read", e);
        }
    }

    private static List<String> addresses(ConfigGroup group, String value) {
        if (!group.containsValues(value)) {
            return List.of();
        }
        try {
            return OrdererAddresses.parseFrom(group.getValuesOrThrow(value).getValue())
                    .getAddressesList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a configuration in force cannot be read", e);
        }
    }
}
