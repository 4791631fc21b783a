package org.jangbu.ledger.channel;

import com.google.protobuf.ByteString;
import java.util.List;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.Capability;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.OrdererAddresses;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.Policy;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.AnchorPeer;
import org.hyperledger.fabric.protos.peer.AnchorPeers;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.PolicySyntaxException;

/** Updates of the recorded network's configuration, and the CONFIG transactions that an orderer makes of them. */
public final class TestConfigurations {
    private TestConfigurations() {}

    /** An envelope of type CONFIG_UPDATE, signed by some administrators. */
    public static Envelope update(ConfigUpdate update, SigningIdentity... signers) {
        ByteString bytes = update.toByteString();
        ConfigUpdateEnvelope.Builder content = ConfigUpdateEnvelope.newBuilder().setConfigUpdate(bytes);
        for (SigningIdentity signer : signers) {
            ByteString header = signatureHeader(signer);
            content.addSignatures(
                    ConfigSignature.newBuilder().setSignatureHeader(header).setSignature(signer.sign(header, bytes)));
        }
        return envelope(
                HeaderType.CONFIG_UPDATE,
                "mychannel",
                signers[0],
                content.build().toByteString());
    }

    /** Gives the application group the capabilities of one name: a change that both organisations' administrators must sign. */
    public static ConfigUpdate capability(String name) {
        ConfigValue capabilities = ConfigValue.newBuilder()
                .setVersion(1)
                .setModPolicy("Admins")
                .setValue(Capabilities.newBuilder()
                        .putCapabilities(name, Capability.getDefaultInstance())
                        .build()
                        .toByteString())
                .build();
        return ConfigUpdate.newBuilder()
                .setChannelId("mychannel")
                .setReadSet(application(ConfigGroup.getDefaultInstance()))
                .setWriteSet(application(ConfigGroup.newBuilder()
                        .putValues("Capabilities", capabilities)
                        .build()))
                .build();
    }

    /** The same channel, where an organisation's group has one policy more. */
    public static ChannelConfig withPolicy(ChannelConfig config, String organization, String name, String text) {
        ConfigGroup application = config.config().getChannelGroup().getGroupsOrThrow("Application");
        ConfigGroup changed = application.getGroupsOrThrow(organization).toBuilder()
                .putPolicies(name, policy(config, text))
                .build();
        return withApplication(
                config, application.toBuilder().putGroups(organization, changed).build());
    }

    /** The same channel, where the orderers are at these addresses. */
    public static ChannelConfig withOrderers(ChannelConfig config, String... addresses) {
        ConfigGroup root = config.config().getChannelGroup();
        ConfigGroup orderer = root.getGroupsOrThrow("Orderer");
        ConfigValue endpoints = ConfigValue.newBuilder()
                .setModPolicy("Admins")
                .setValue(OrdererAddresses.newBuilder()
                        .addAllAddresses(List.of(addresses))
                        .build()
                        .toByteString())
                .build();
        String group = config.ordererOrganizations().get(0).group();
        ConfigGroup changed = orderer.toBuilder()
                .putGroups(
                        group,
                        orderer.getGroupsOrThrow(group).toBuilder()
                                .putValues("Endpoints", endpoints)
                                .build())
                .build();
        try {
            return ChannelConfigReader.read(
                    config.channel(),
                    config.config().toBuilder()
                            .setChannelGroup(root.toBuilder().putGroups("Orderer", changed))
                            .build());
        } catch (ChannelConfigException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The same channel, where an organisation's only anchor peer is at this address. */
    public static ChannelConfig withAnchor(ChannelConfig config, String organization, String host, int port) {
        ConfigGroup application = config.config().getChannelGroup().getGroupsOrThrow("Application");
        ConfigGroup changed = application.getGroupsOrThrow(organization).toBuilder()
                .putValues(
                        "AnchorPeers",
                        ConfigValue.newBuilder()
                                .setModPolicy("Admins")
                                .setValue(AnchorPeers.newBuilder()
                                        .addAnchorPeers(AnchorPeer.newBuilder()
                                                .setHost(host)
                                                .setPort(port))
                                        .build()
                                        .toByteString())
                                .build())
                .build();
        return withApplication(
                config, application.toBuilder().putGroups(organization, changed).build());
    }

    /** The same channel, where the application group has another policy of that name. */
    public static ChannelConfig withPolicy(ChannelConfig config, String name, String text) {
        ConfigGroup application = config.config().getChannelGroup().getGroupsOrThrow("Application");
        return withApplication(
                config,
                application.toBuilder().putPolicies(name, policy(config, text)).build());
    }

    private static ConfigPolicy policy(ChannelConfig config, String text) {
        try {
            return ConfigPolicy.newBuilder()
                    .setModPolicy("Admins")
                    .setPolicy(Policy.newBuilder()
                            .setType(Policy.PolicyType.SIGNATURE_VALUE)
                            .setValue(PolicyLanguage.parse(text, config.membership())
                                    .toByteString()))
                    .build();
        } catch (PolicySyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ChannelConfig withApplication(ChannelConfig config, ConfigGroup application) {
        ConfigGroup root = config.config().getChannelGroup();
        try {
            return ChannelConfigReader.read(
                    config.channel(),
                    config.config().toBuilder()
                            .setSequence(config.sequence() + 1)
                            .setChannelGroup(root.toBuilder().putGroups("Application", application))
                            .build());
        } catch (ChannelConfigException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The CONFIG transaction that an orderer makes of an update. */
    public static ByteString configuration(ChannelConfig current, Envelope update) throws ConfigUpdateException {
        return configuration("mychannel", ConfigUpdates.apply(current, update), update);
    }

    /** A CONFIG transaction of these parts, whether or not they belong together. */
    public static ByteString configuration(String channel, Config config, Envelope update) {
        return envelope(
                        HeaderType.CONFIG,
                        channel,
                        FabricVectors.orderer(),
                        ConfigEnvelope.newBuilder()
                                .setConfig(config)
                                .setLastUpdate(update)
                                .build()
                                .toByteString())
                .toByteString();
    }

    private static ConfigGroup application(ConfigGroup group) {
        return ConfigGroup.newBuilder().putGroups("Application", group).build();
    }

    private static Envelope envelope(HeaderType type, String channel, SigningIdentity signer, ByteString content) {
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(ChannelHeader.newBuilder()
                                .setType(type.getNumber())
                                .setChannelId(channel)
                                .build()
                                .toByteString())
                        .setSignatureHeader(signatureHeader(signer)))
                .setData(content)
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(signer.sign(payload))
                .build();
    }

    private static ByteString signatureHeader(SigningIdentity signer) {
        return SignatureHeader.newBuilder()
                .setCreator(signer.serialized())
                .setNonce(ByteString.copyFromUtf8("nonce"))
                .build()
                .toByteString();
    }
}
