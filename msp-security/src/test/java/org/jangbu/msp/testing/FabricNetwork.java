package org.jangbu.msp.testing;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.model.MspId;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.MspConfigurationException;

/** Files of a real Fabric 2.5.12 network with throw-away keys: crypto material and the blocks 0 to 10 of its channel. */
public final class FabricNetwork {
    public static final MspId ORDERER = new MspId("OrdererMSP");
    public static final MspId ORG1 = new MspId("Org1MSP");
    public static final MspId ORG2 = new MspId("Org2MSP");

    private FabricNetwork() {}

    public static Path file(String relative) {
        URL url = Objects.requireNonNull(FabricNetwork.class.getResource("/fabric/" + relative), relative);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Block block(int number) throws IOException {
        return Block.parseFrom(Files.readAllBytes(file(number + ".block")));
    }

    /** The folder of an organisation, for example {@code Org1MSP}. */
    public static Path organization(MspId id) {
        return file(
                switch (id.value()) {
                    case "OrdererMSP" -> "crypto/ordererOrganizations/example.com";
                    case "Org1MSP" -> "crypto/peerOrganizations/org1.example.com";
                    default -> "crypto/peerOrganizations/org2.example.com";
                });
    }

    public static LocalMsp peer(MspId id) throws IOException, MspConfigurationException {
        String domain = organization(id).getFileName().toString();
        return LocalMsp.read(organization(id).resolve("peers/peer0." + domain + "/msp"), id);
    }

    public static LocalMsp user(MspId id, String user) throws IOException, MspConfigurationException {
        String domain = organization(id).getFileName().toString();
        return LocalMsp.read(organization(id).resolve("users/" + user + "@" + domain + "/msp"), id);
    }

    public static LocalMsp orderer() throws IOException, MspConfigurationException {
        return LocalMsp.read(organization(ORDERER).resolve("orderers/orderer.example.com/msp"), ORDERER);
    }

    /** The channel's MSPs as its genesis block tells them. */
    public static ChannelMembership channel() throws IOException, MspConfigurationException {
        return ChannelMembership.of(mspConfigs());
    }

    public static List<MSPConfig> mspConfigs() throws IOException {
        Payload payload = Payload.parseFrom(
                Envelope.parseFrom(block(0).getData().getData(0)).getPayload());
        ConfigGroup root =
                ConfigEnvelope.parseFrom(payload.getData()).getConfig().getChannelGroup();
        List<MSPConfig> configs = new ArrayList<>();
        for (String section : List.of("Orderer", "Application")) {
            for (ConfigGroup organization :
                    root.getGroupsOrThrow(section).getGroupsMap().values()) {
                configs.add(
                        MSPConfig.parseFrom(organization.getValuesOrThrow("MSP").getValue()));
            }
        }
        return configs;
    }
}
