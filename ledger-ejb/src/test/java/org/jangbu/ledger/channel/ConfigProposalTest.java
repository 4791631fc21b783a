package org.jangbu.ledger.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import java.util.Random;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigSignature;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BatchTimeout;
import org.hyperledger.fabric.protos.orderer.ConsensusType;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.identity.SigningIdentity;
import org.junit.jupiter.api.Test;

/** Updates as somebody hands them in: what is refused, in which words, and what no mutation brings about. */
class ConfigProposalTest {
    private static final ChannelId CHANNEL = new ChannelId("mychannel");
    private static final SigningIdentity ADMIN1 = FabricVectors.admin(1);
    private static final SigningIdentity ADMIN2 = FabricVectors.admin(2);
    private static final SigningIdentity USER = FabricVectors.user(1);
    private static final SigningIdentity ORDERER = FabricVectors.ordererAdmin();

    private final ChannelConfig genesis = genesis();

    @Test
    void takes_what_enough_administrators_have_signed() throws Exception {
        ConfigUpdate update = ConfigDifference.of(
                CHANNEL,
                genesis.config(),
                changed(root -> root.putGroups("Application", withoutOrg2(root.getGroupsOrThrow("Application")))));

        ConfigUpdates.Proposed proposed =
                ConfigUpdates.propose(genesis, TestConfigurations.update(update, ADMIN1, ADMIN2));

        assertThat(proposed.next().applicationOrganizations()).hasSize(1);
        assertThat(proposed.next().sequence()).isEqualTo(1);
        assertThat(ConfigUpdates.accept(genesis, proposed.content()).sequence()).isEqualTo(1);
    }

    @Test
    void says_which_policy_lacks_whose_signature() throws Exception {
        ConfigUpdate update = ConfigDifference.of(
                CHANNEL,
                genesis.config(),
                changed(root -> root.putGroups("Application", withoutOrg2(root.getGroupsOrThrow("Application")))));

        refused(
                update,
                "policy /Channel/Application/Admins that guards GROUP /Channel/Application at version 0: missing a signature by Org2MSP.admin (1 of 2 signatures count)",
                ADMIN1,
                ADMIN1);
    }

    @Test
    void refuses_what_would_make_the_channel_useless() throws Exception {
        orderer("would change from", consensus(c -> c.setType("BFT")));
        orderer("limits that make no sense", batchSize(0));
        orderer(
                "BatchTimeout",
                ordererValue(
                        "BatchTimeout",
                        BatchTimeout.newBuilder().setTimeout("soon").build()));
        orderer(
                "would have no policy /Channel/Orderer/BlockValidation",
                root -> root.putGroups(
                        "Orderer",
                        root.getGroupsOrThrow("Orderer").toBuilder()
                                .removePolicies("BlockValidation")
                                .build()));
        orderer(
                "would have no organisation",
                root -> root.putGroups(
                        "Orderer",
                        root.getGroupsOrThrow("Orderer").toBuilder()
                                .clearGroups()
                                .build()));
        orderer("there is no group Orderer", root -> root.removeGroups("Orderer"));
        orderer(
                "demands the capability 'V9_9'",
                root -> root.putGroups(
                        "Orderer",
                        root.getGroupsOrThrow("Orderer").toBuilder()
                                .putValues("Capabilities", capability("V9_9"))
                                .build()));
    }

    @Test
    void refuses_an_msp_that_cannot_stand_changes_its_id_or_comes_twice() throws Exception {
        application("cannot be used", root -> msp(root, "Org1MSP", msp -> msp.clearRootCerts()));
        application("would change its MSP's id", root -> msp(root, "Org1MSP", msp -> msp.setName("OtherMSP")));
        application("would stand for Org2MSP", root -> {
            ConfigGroup application = root.getGroupsOrThrow("Application");
            root.putGroups(
                    "Application",
                    application.toBuilder()
                            .putGroups("Twin", application.getGroupsOrThrow("Org2MSP"))
                            .build());
        });
    }

    @Test
    void refuses_values_that_fabrics_own_tools_could_not_read() throws Exception {
        application("Fabric knows no value /Channel/Application/Org1MSP/Note", root -> {
            ConfigGroup application = root.getGroupsOrThrow("Application");
            root.putGroups(
                    "Application",
                    application.toBuilder()
                            .putGroups(
                                    "Org1MSP",
                                    application.getGroupsOrThrow("Org1MSP").toBuilder()
                                            .putValues(
                                                    "Note",
                                                    ConfigValue.newBuilder()
                                                            .setModPolicy("Admins")
                                                            .build())
                                            .build())
                            .build());
        });
    }

    @Test
    void refuses_what_changes_nothing_in_the_end() {
        ConfigGroup unheard = ConfigGroup.newBuilder()
                .putValues(
                        "Note", ConfigValue.newBuilder().setModPolicy("Admins").build())
                .build();
        refused(
                ConfigUpdate.newBuilder()
                        .setChannelId("mychannel")
                        .setReadSet(ConfigGroup.getDefaultInstance())
                        .setWriteSet(unheard)
                        .build(),
                "changes nothing",
                USER);
    }

    @Test
    void refuses_more_elements_and_signatures_than_anybody_needs() {
        ConfigGroup.Builder many = ConfigGroup.newBuilder().setVersion(1).setModPolicy("Admins");
        for (int i = 0; i <= ConfigUpdates.MOST_ELEMENTS; i++) {
            many.putValues("v" + i, ConfigValue.getDefaultInstance());
        }
        refused(
                ConfigUpdate.newBuilder()
                        .setChannelId("mychannel")
                        .setReadSet(ConfigGroup.getDefaultInstance())
                        .setWriteSet(many)
                        .build(),
                "more than 10000 elements",
                ADMIN1);
        SigningIdentity[] crowd = new SigningIdentity[ConfigUpdates.MOST_SIGNATURES + 1];
        java.util.Arrays.fill(crowd, USER);
        refused(TestConfigurations.capability("V2_0"), "more than 256 signatures", crowd);
    }

    @Test
    void a_signature_counts_for_the_update_and_header_it_was_made_for_only() throws Exception {
        ConfigUpdateEnvelope good =
                ConfigUpdates.content(TestConfigurations.update(TestConfigurations.capability("V2_0"), ADMIN1, ADMIN2));
        ConfigUpdateEnvelope moved = good.toBuilder()
                .setConfigUpdate(TestConfigurations.capability("V2_5").toByteString())
                .build();
        ConfigSignature first = good.getSignatures(0);
        ConfigUpdateEnvelope swapped = good.toBuilder()
                .setSignatures(
                        0,
                        first.toBuilder()
                                .setSignatureHeader(good.getSignatures(1).getSignatureHeader()))
                .build();
        for (ConfigUpdateEnvelope bad : new ConfigUpdateEnvelope[] {moved, swapped}) {
            assertThatThrownBy(() -> ConfigUpdates.propose(genesis, carrying(bad)))
                    .isInstanceOf(ConfigUpdateException.class)
                    .hasMessageContaining("do not satisfy");
        }
    }

    @Test
    void no_mutation_of_an_update_is_accepted_that_its_signers_have_not_signed() throws Exception {
        Random random = new Random(4);
        Envelope good = TestConfigurations.update(TestConfigurations.capability("V2_0"), ADMIN1, ADMIN2);
        Config wanted = ConfigUpdates.propose(genesis, good).content().getConfig();
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = good.toByteArray();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                Config result = ConfigUpdates.propose(genesis, Envelope.parseFrom(bytes))
                        .content()
                        .getConfig();
                assertThat(result).isEqualTo(wanted);
            } catch (ConfigUpdateException | InvalidProtocolBufferException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(2_000);
    }

    @Test
    void random_changes_of_the_tree_signed_by_a_member_without_rights_never_take_effect() throws Exception {
        RandomTrees trees = new RandomTrees(new Random(5));
        ConfigGroup now = genesis.config().getChannelGroup();
        for (int i = 0; i < 1_000; i++) {
            ConfigGroup strange = trees.tree();
            ConfigGroup wanted = i % 2 == 0 ? now.toBuilder().mergeFrom(strange).build() : trees.changed(now);
            ConfigUpdate update;
            try {
                update = ConfigDifference.of(CHANNEL, genesis.config(), wanted);
            } catch (ConfigUpdateException e) {
                assertThat(e).hasMessageContaining("the same");
                continue;
            }
            ConfigUpdate byHand = i % 3 == 0
                    ? update.toBuilder()
                            .setWriteSet(trees.changed(update.getWriteSet()))
                            .build()
                    : update;
            assertThatThrownBy(() -> ConfigUpdates.propose(genesis, TestConfigurations.update(byHand, USER)))
                    .isInstanceOf(ConfigUpdateException.class);
        }
    }

    private void orderer(String reason, Consumer<ConfigGroup.Builder> change) throws Exception {
        refused(ConfigDifference.of(CHANNEL, genesis.config(), changed(change)), reason, ORDERER, ADMIN1, ADMIN2);
    }

    private void application(String reason, Consumer<ConfigGroup.Builder> change) throws Exception {
        refused(ConfigDifference.of(CHANNEL, genesis.config(), changed(change)), reason, ADMIN1, ADMIN2);
    }

    private void refused(ConfigUpdate update, String reason, SigningIdentity... signers) {
        assertThatThrownBy(() -> ConfigUpdates.propose(genesis, TestConfigurations.update(update, signers)))
                .isInstanceOf(ConfigUpdateException.class)
                .hasMessageContaining(reason);
    }

    private ConfigGroup changed(Consumer<ConfigGroup.Builder> change) {
        ConfigGroup.Builder root = genesis.config().getChannelGroup().toBuilder();
        change.accept(root);
        return root.build();
    }

    private static ConfigGroup withoutOrg2(ConfigGroup application) {
        return application.toBuilder().removeGroups("Org2MSP").build();
    }

    private static Consumer<ConfigGroup.Builder> batchSize(int messages) {
        return ordererValue(
                "BatchSize",
                BatchSize.newBuilder()
                        .setMaxMessageCount(messages)
                        .setAbsoluteMaxBytes(1_000)
                        .setPreferredMaxBytes(1_000)
                        .build());
    }

    private static Consumer<ConfigGroup.Builder> consensus(Consumer<ConsensusType.Builder> change) {
        return root -> {
            ConsensusType.Builder type;
            try {
                type =
                        ConsensusType.parseFrom(root.getGroupsOrThrow("Orderer")
                                        .getValuesOrThrow("ConsensusType")
                                        .getValue())
                                .toBuilder();
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
            change.accept(type);
            ordererValue("ConsensusType", type.build()).accept(root);
        };
    }

    private static Consumer<ConfigGroup.Builder> ordererValue(String name, MessageLite content) {
        return root -> {
            ConfigGroup orderer = root.getGroupsOrThrow("Orderer");
            root.putGroups(
                    "Orderer",
                    orderer.toBuilder()
                            .putValues(
                                    name,
                                    orderer.getValuesOrThrow(name).toBuilder()
                                            .setValue(content.toByteString())
                                            .build())
                            .build());
        };
    }

    private static ConfigValue capability(String name) {
        return TestConfigurations.capability(name)
                .getWriteSet()
                .getGroupsOrThrow("Application")
                .getValuesOrThrow("Capabilities");
    }

    private static void msp(ConfigGroup.Builder root, String name, Consumer<FabricMSPConfig.Builder> change) {
        try {
            ConfigGroup application = root.getGroupsOrThrow("Application");
            ConfigGroup organization = application.getGroupsOrThrow(name);
            ConfigValue value = organization.getValuesOrThrow("MSP");
            MSPConfig msp = MSPConfig.parseFrom(value.getValue());
            FabricMSPConfig.Builder content = FabricMSPConfig.parseFrom(msp.getConfig()).toBuilder();
            change.accept(content);
            ByteString changed = msp.toBuilder()
                    .setConfig(content.build().toByteString())
                    .build()
                    .toByteString();
            root.putGroups(
                    "Application",
                    application.toBuilder()
                            .putGroups(
                                    name,
                                    organization.toBuilder()
                                            .putValues(
                                                    "MSP",
                                                    value.toBuilder()
                                                            .setValue(changed)
                                                            .build())
                                            .build())
                            .build());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The envelope of another update with this content. */
    private static Envelope carrying(ConfigUpdateEnvelope content) throws InvalidProtocolBufferException {
        Envelope other = TestConfigurations.update(TestConfigurations.capability("V2_0"), USER);
        return other.toBuilder()
                .setPayload(Payload.parseFrom(other.getPayload()).toBuilder()
                        .setData(content.toByteString())
                        .build()
                        .toByteString())
                .build();
    }

    private static ChannelConfig genesis() {
        try {
            return ChannelConfigReader.read(FabricVectors.genesis());
        } catch (ChannelConfigException e) {
            throw new IllegalStateException(e);
        }
    }
}
