package org.jangbu.ledger.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.Capability;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Policy;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.peer.ACLs;
import org.hyperledger.fabric.protos.peer.APIResource;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.policy.SignedData;
import org.junit.jupiter.api.Test;

class ChannelConfigReaderTest {
    private static final ByteString MESSAGE = ByteString.copyFromUtf8("a message");

    private final ChannelConfig config = read(FabricVectors.genesis());

    @Test
    void reads_the_configuration_of_a_real_genesis_block() {
        assertThat(config.channel()).isEqualTo(new ChannelId("mychannel"));
        assertThat(config.sequence()).isZero();
        assertThat(config.membership().mspIds())
                .containsExactlyInAnyOrder(FabricVectors.ORG1, FabricVectors.ORG2, FabricVectors.ORDERER);
        assertThat(config.applicationOrganizations())
                .containsExactly(
                        new ChannelConfig.Organization("Org1MSP", FabricVectors.ORG1, List.of()),
                        new ChannelConfig.Organization("Org2MSP", FabricVectors.ORG2, List.of()));
        assertThat(config.ordererOrganizations())
                .containsExactly(new ChannelConfig.Organization("OrdererOrg", FabricVectors.ORDERER, List.of()));
        assertThat(config.orderer().maxMessageCount()).isEqualTo(10);
        assertThat(config.orderer().absoluteMaxBytes()).isEqualTo(10 << 20);
        assertThat(config.orderer().preferredMaxBytes()).isEqualTo(512 << 10);
        assertThat(config.orderer().batchTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.orderer().consensusType()).isEqualTo("etcdraft");
        assertThat(config.orderer().consensusMetadata()).isEmpty();
        assertThat(config.orderer().capabilities()).containsExactly("V2_0");
    }

    @Test
    void reads_the_anchor_peers_of_a_real_configuration_block() {
        assertThat(read(FabricVectors.block(1)).applicationOrganizations())
                .extracting(organization -> organization.anchorPeers().toString())
                .containsExactly("[localhost:28051]", "[]");
    }

    @Test
    void policies_say_who_may_do_what() {
        assertThat(satisfied("/Channel/Application/Writers", FabricVectors.user(1)))
                .isTrue();
        assertThat(satisfied("/Channel/Application/Writers", FabricVectors.peer(1)))
                .isFalse();
        assertThat(satisfied("/Channel/Application/Readers", FabricVectors.peer(1)))
                .isTrue();
        assertThat(satisfied("/Channel/Application/Readers", FabricVectors.orderer()))
                .isFalse();
        assertThat(satisfied("/Channel/Readers", FabricVectors.orderer())).isTrue();
        assertThat(satisfied("/Channel/Orderer/BlockValidation", FabricVectors.orderer()))
                .isTrue();
        assertThat(satisfied("/Channel/Orderer/BlockValidation", FabricVectors.admin(1)))
                .isFalse();
        assertThat(satisfied("/Channel/Application/Org1MSP/Endorsement", FabricVectors.peer(1)))
                .isTrue();
        assertThat(satisfied("/Channel/Application/LifecycleEndorsement", FabricVectors.peer(1)))
                .isFalse();
        assertThat(satisfied("/Channel/Application/LifecycleEndorsement", FabricVectors.peer(1), FabricVectors.peer(2)))
                .isTrue();
    }

    @Test
    void a_signature_over_something_else_counts_for_nothing() {
        SigningIdentity user = FabricVectors.user(1);
        SignedData forged = new SignedData(
                List.of(ByteString.copyFromUtf8("another message")), user.serialized(), user.sign(MESSAGE));

        assertThat(config.policyFor("peer/Propose").isSatisfiedBySignatures(List.of(forged)))
                .isFalse();
    }

    @Test
    void resources_are_guarded_by_fabrics_defaults_unless_the_channel_says_otherwise() {
        assertThat(config.policyFor("peer/Propose").isSatisfiedBySignatures(signed(FabricVectors.peer(2))))
                .isFalse();
        assertThat(config.policyFor("qscc/GetChainInfo").isSatisfiedBySignatures(signed(FabricVectors.peer(2))))
                .isTrue();

        ChannelConfig stricter = read(changed(root -> root.toBuilder()
                .putGroups(
                        "Application",
                        root.getGroupsOrThrow("Application").toBuilder()
                                .putValues(
                                        "ACLs",
                                        value(ACLs.newBuilder()
                                                .putAcls("qscc/GetChainInfo", rule("Admins"))
                                                .putAcls("qscc/GetBlockByNumber", rule("/Channel/Admins"))
                                                .putAcls("event/Block", rule("Missing"))
                                                .build()
                                                .toByteString()))
                                .build())
                .build()));
        assertThat(stricter.acls()).containsEntry("qscc/GetChainInfo", "Admins");
        assertThat(stricter.policyFor("qscc/GetChainInfo")).isSameAs(policy(stricter, "/Channel/Application/Admins"));
        assertThat(stricter.policyFor("qscc/GetBlockByNumber")).isSameAs(policy(stricter, "/Channel/Admins"));
        assertThat(stricter.policyFor("event/Block").isSatisfiedBySignatures(signed(FabricVectors.admin(1))))
                .isFalse();
        assertThatThrownBy(() -> config.policyFor("_lifecycle/InstallChaincode"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refuses_a_capability_it_does_not_have() {
        assertThatThrownBy(() -> parse(withCapability("Application", "V9_9")))
                .isInstanceOf(UnsupportedCapabilityException.class)
                .hasMessageContaining("Application")
                .hasMessageContaining("V9_9");
        assertThatThrownBy(() -> parse(withCapability("Orderer", "V3_0")))
                .isInstanceOf(UnsupportedCapabilityException.class);
        assertThatThrownBy(() -> parse(withCapability("Application", "V1_4_2")))
                .isInstanceOf(ChannelConfigException.class)
                .hasMessageContaining("V2_0");
    }

    @Test
    void refuses_a_tree_that_makes_no_sense() {
        assertThatThrownBy(() -> parse(
                        changed(root -> root.toBuilder().removeGroups("Orderer").build())))
                .isInstanceOf(ChannelConfigException.class)
                .hasMessageContaining("Orderer");
        assertThatThrownBy(() -> parse(changed(root -> root.toBuilder()
                        .putGroups("no name!", ConfigGroup.getDefaultInstance())
                        .build())))
                .isInstanceOf(ChannelConfigException.class);
        ConfigGroup deep = ConfigGroup.getDefaultInstance();
        for (int i = 0; i < 20; i++) {
            deep = ConfigGroup.newBuilder().putGroups("g", deep).build();
        }
        ConfigGroup deeper = deep;
        assertThatThrownBy(() -> parse(
                        changed(root -> root.toBuilder().putGroups("g", deeper).build())))
                .isInstanceOf(ChannelConfigException.class)
                .hasMessageContaining("deeper");
        assertThatThrownBy(() -> parse(changed(root -> root.toBuilder()
                        .putPolicies(
                                "P",
                                ConfigPolicy.newBuilder()
                                        .setPolicy(Policy.newBuilder().setType(7))
                                        .build())
                        .build())))
                .isInstanceOf(ChannelConfigException.class)
                .hasMessageContaining("/Channel/P");
        assertThatThrownBy(() -> parse(inOrderer(
                        "BatchTimeout",
                        BatchTimeout.newBuilder().setTimeout("soon").build().toByteString())))
                .isInstanceOf(ChannelConfigException.class)
                .hasMessageContaining("soon");
        assertThatThrownBy(() -> parse(inOrderer("BatchSize", ByteString.EMPTY)))
                .isInstanceOf(ChannelConfigException.class);
    }

    @Test
    void reads_durations_as_go_writes_them() {
        assertThat(GoDuration.parse("2s")).isEqualTo(Duration.ofSeconds(2));
        assertThat(GoDuration.parse("200ms")).isEqualTo(Duration.ofMillis(200));
        assertThat(GoDuration.parse("1m30.5s")).isEqualTo(Duration.ofMillis(90_500));
        assertThat(GoDuration.parse("0")).isZero();
        for (Duration duration : List.of(Duration.ofMillis(200), Duration.ofHours(3), Duration.ofNanos(17))) {
            assertThat(GoDuration.parse(GoDuration.format(duration))).isEqualTo(duration);
        }
        for (String wrong : List.of("", "2", "s", "-2s", "2 s", "999999999999999999h")) {
            assertThatThrownBy(() -> GoDuration.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private boolean satisfied(String path, SigningIdentity... signers) {
        return policy(config, path).isSatisfiedBySignatures(signed(signers));
    }

    private static List<SignedData> signed(SigningIdentity... signers) {
        return List.of(signers).stream()
                .map(signer -> new SignedData(List.of(MESSAGE), signer.serialized(), signer.sign(MESSAGE)))
                .toList();
    }

    private static org.jangbu.msp.policy.Policy policy(ChannelConfig config, String path) {
        return config.policy(path).orElseThrow();
    }

    private static APIResource rule(String policy) {
        return APIResource.newBuilder().setPolicyRef(policy).build();
    }

    private static ConfigValue value(ByteString content) {
        return ConfigValue.newBuilder().setValue(content).setModPolicy("Admins").build();
    }

    private Config withCapability(String group, String capability) {
        ByteString capabilities = Capabilities.newBuilder()
                .putAllCapabilities(Map.of(capability, Capability.getDefaultInstance()))
                .build()
                .toByteString();
        return inGroup(group, "Capabilities", capabilities);
    }

    private Config inOrderer(String name, ByteString content) {
        return inGroup("Orderer", name, content);
    }

    private Config inGroup(String group, String name, ByteString content) {
        return changed(root -> root.toBuilder()
                .putGroups(
                        group,
                        root.getGroupsOrThrow(group).toBuilder()
                                .putValues(name, value(content))
                                .build())
                .build());
    }

    private Config changed(UnaryOperator<ConfigGroup> change) {
        Config original = config.config();
        return original.toBuilder()
                .setChannelGroup(change.apply(original.getChannelGroup()))
                .build();
    }

    private static ChannelConfig parse(Config config) throws ChannelConfigException {
        return ChannelConfigReader.read(new ChannelId("mychannel"), config);
    }

    private static ChannelConfig read(Config config) {
        try {
            return parse(config);
        } catch (ChannelConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ChannelConfig read(org.hyperledger.fabric.protos.common.Block block) {
        try {
            return ChannelConfigReader.read(block);
        } catch (ChannelConfigException e) {
            throw new IllegalStateException(e);
        }
    }
}
