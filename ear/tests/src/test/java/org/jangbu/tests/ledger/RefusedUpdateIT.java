package org.jangbu.tests.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.Capability;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.peer.ACLs;
import org.hyperledger.fabric.protos.peer.APIResource;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.tests.network.Ledgers;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.network.UpdateCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Configuration updates that must not come into force: each is refused with its reason, the chain is as it was, ordering goes on. */
class RefusedUpdateIT extends NetworkTest {
    private final UpdateCalls updates = new UpdateCalls(Rest.as(QuickStartUsers.administratorOfOrg1()));
    private long height;
    private long sequence;

    @BeforeEach
    void remember() throws Exception {
        height = network.height();
        sequence = network.configSequence();
    }

    @AfterEach
    void requireTheChainAsItWas() throws Exception {
        assertThat(network.configSequence()).isEqualTo(sequence);
        assertThat(network.height()).as("nothing was ordered").isEqualTo(height);
        network.assertWorks();
        Ledgers.assertSoundAndEqual();
    }

    @Test
    void one_signature_short() throws Exception {
        String update = computed(root -> application(root, group -> group.putValues("ACLs", acls("peer/Propose"))));
        refused(update, List.of(updates.byOrg1(update)), "/Channel/Application/Admins", "Org2MSP.admin");
        refused(update, List.of(updates.byOrg1(update), updates.byOrg1(update)), "Org2MSP.admin");
    }

    @Test
    void guarded_by_the_policy_of_others() throws Exception {
        String update = computed(root -> orderer(root, group -> {
            ConfigValue size = group.getValuesOrThrow("BatchSize");
            group.putValues(
                    "BatchSize",
                    size.toBuilder().setValue(batch(size, 7).toByteString()).build());
        }));
        refused(
                update,
                List.of(updates.byOrg1(update), updates.byOrg2(update)),
                "/Channel/Orderer/BatchSize",
                "OrdererMSP.admin");

        String policy = computed(root -> orderer(
                root,
                group -> group.putValues(
                        "BatchSize",
                        group.getValuesOrThrow("BatchSize").toBuilder()
                                .setModPolicy("/Channel/Application/Org1MSP/Admins")
                                .build())));
        refused(policy, List.of(updates.byOrg1(policy)), "/Channel/Orderer/BatchSize", "OrdererMSP.admin");
    }

    @Test
    void made_of_an_older_configuration() throws Exception {
        ConfigUpdate fresh = ConfigUpdate.parseFrom(Base64.getDecoder()
                .decode(computed(root -> application(root, group -> group.putValues("ACLs", acls("peer/Propose"))))));
        ConfigGroup read = fresh.getReadSet();
        ConfigGroup application = read.getGroupsOrThrow("Application");
        String stale = encoded(fresh.toBuilder()
                .setReadSet(read.toBuilder()
                        .putGroups(
                                "Application",
                                application.toBuilder()
                                        .setVersion(application.getVersion() + 1)
                                        .build()))
                .build());
        refused(stale, bothOf(stale), "/Channel/Application", "version");
    }

    @Test
    void without_a_capability_that_the_channel_needs() throws Exception {
        String update = computed(root -> application(root, group -> group.removeValues("Capabilities")));
        refused(update, bothOf(update), "group Application", "V2_0");
    }

    @Test
    void with_a_capability_that_nobody_here_has() throws Exception {
        String update = computed(root -> application(
                root,
                group -> group.putValues(
                        "Capabilities",
                        group.getValuesOrThrow("Capabilities").toBuilder()
                                .setValue(Capabilities.newBuilder()
                                        .putCapabilities("V2_5", Capability.getDefaultInstance())
                                        .putCapabilities("V9_9", Capability.getDefaultInstance())
                                        .build()
                                        .toByteString())
                                .build())));
        refused(update, bothOf(update), "V9_9");
    }

    @Test
    void with_a_tree_that_is_none() throws Exception {
        String name = computed(root -> application(root, group -> group.putValues("ACLs", acls("peer/Propose"))));
        ConfigUpdate update = ConfigUpdate.parseFrom(Base64.getDecoder().decode(name));
        ConfigGroup written = update.getWriteSet();
        String misnamed = encoded(update.toBuilder()
                .setWriteSet(written.toBuilder()
                        .putGroups("no name/at all", ConfigGroup.newBuilder().build()))
                .build());
        refused(misnamed, List.of(), "no name/at all");

        ConfigGroup application = written.getGroupsOrThrow("Application");
        ConfigGroup organization = application.getGroupsOrThrow("Org1MSP");
        String unreadable = encoded(update.toBuilder()
                .setWriteSet(written.toBuilder()
                        .putGroups(
                                "Application",
                                application.toBuilder()
                                        .putGroups(
                                                "Org1MSP",
                                                organization.toBuilder()
                                                        .putValues(
                                                                "MSP",
                                                                ConfigValue.newBuilder()
                                                                        .setVersion(1)
                                                                        .setModPolicy("Admins")
                                                                        .setValue(ByteString.copyFromUtf8("no MSP"))
                                                                        .build())
                                                        .build())
                                        .build()))
                .build());
        refused(unreadable, bothOf(unreadable), "Org1MSP");

        refused(
                Base64.getEncoder().encodeToString("no update".getBytes(StandardCharsets.UTF_8)),
                List.of(),
                "the update is refused: Protocol message");
    }

    private void refused(String update, List<String> signatures, String... reasons) throws Exception {
        Rest.Answer answer = updates.submit(update, signatures);
        assertThat(answer.outcome()).as(answer.body()).isEqualTo("409 config-update-refused");
        assertThat(answer.json().getString("detail")).contains(reasons);
    }

    private String computed(Consumer<ConfigGroup.Builder> change) throws Exception {
        Config current = updates.current();
        ConfigGroup.Builder root = current.getChannelGroup().toBuilder();
        change.accept(root);
        return updates.compute(current.toBuilder().setChannelGroup(root).build());
    }

    private List<String> bothOf(String update) throws Exception {
        return List.of(updates.byOrg1(update), updates.byOrg2(update));
    }

    private static void application(ConfigGroup.Builder root, Consumer<ConfigGroup.Builder> change) {
        group(root, "Application", change);
    }

    private static void orderer(ConfigGroup.Builder root, Consumer<ConfigGroup.Builder> change) {
        group(root, "Orderer", change);
    }

    private static void group(ConfigGroup.Builder root, String name, Consumer<ConfigGroup.Builder> change) {
        ConfigGroup.Builder group = root.getGroupsOrThrow(name).toBuilder();
        change.accept(group);
        root.putGroups(name, group.build());
    }

    private static ConfigValue acls(String resource) {
        return ConfigValue.newBuilder()
                .setModPolicy("Admins")
                .setValue(ACLs.newBuilder()
                        .putAcls(
                                resource,
                                APIResource.newBuilder()
                                        .setPolicyRef("/Channel/Application/Admins")
                                        .build())
                        .build()
                        .toByteString())
                .build();
    }

    private static BatchSize batch(ConfigValue size, int messages) {
        try {
            return BatchSize.parseFrom(size.getValue()).toBuilder()
                    .setMaxMessageCount(messages)
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the channel's own batch size cannot be read", e);
        }
    }

    private static String encoded(ConfigUpdate update) {
        return Base64.getEncoder().encodeToString(update.toByteArray());
    }
}
