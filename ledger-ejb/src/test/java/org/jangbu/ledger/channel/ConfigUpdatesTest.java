package org.jangbu.ledger.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Envelope;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.msp.identity.SigningIdentity;
import org.junit.jupiter.api.Test;

class ConfigUpdatesTest {
    private final ChannelConfig genesis = read();

    @Test
    void accepts_the_anchor_peer_updates_of_a_real_network()
            throws ConfigUpdateException, ChannelConfigException, MalformedEnvelopeException,
                    InvalidProtocolBufferException {
        ChannelConfig current = genesis;
        for (int number = 1; number <= 2; number++) {
            ConfigUpdates.check(current, content(number));
            current =
                    ChannelConfigReader.read(current.channel(), content(number).getConfig());
            assertThat(current.sequence()).isEqualTo(number);
        }
    }

    @Test
    void refuses_an_update_that_does_not_follow_the_current_configuration()
            throws MalformedEnvelopeException, InvalidProtocolBufferException {
        ConfigEnvelope second = content(2);
        assertThatThrownBy(() -> ConfigUpdates.check(genesis, second))
                .isInstanceOf(ConfigUpdateException.class)
                .hasMessageContaining("sequence 1");
    }

    @Test
    void refuses_a_result_that_the_update_does_not_give()
            throws MalformedEnvelopeException, InvalidProtocolBufferException {
        ConfigEnvelope content = content(1);
        ConfigEnvelope tampered = content.toBuilder()
                .setConfig(content.getConfig().toBuilder()
                        .setChannelGroup(content.getConfig().getChannelGroup().toBuilder()
                                .setVersion(7)))
                .build();
        assertThatThrownBy(() -> ConfigUpdates.check(genesis, tampered))
                .isInstanceOf(ConfigUpdateException.class)
                .hasMessageContaining("does not give");
    }

    @Test
    void lets_administrators_add_a_value_below_their_own_group() throws ConfigUpdateException {
        Config result = ConfigUpdates.apply(genesis, update(addingToOrg1(1), FabricVectors.admin(1)));

        assertThat(result.getSequence()).isEqualTo(1);
        ConfigGroup org1 = org1(result.getChannelGroup());
        assertThat(org1.getVersion()).isEqualTo(1);
        assertThat(org1.getValuesOrThrow("Note").getValue().toStringUtf8()).isEqualTo("new");
        assertThat(org1.getPoliciesMap())
                .isEqualTo(org1(genesis.config().getChannelGroup()).getPoliciesMap());
    }

    @Test
    void refuses_signatures_that_do_not_satisfy_the_guard() {
        for (SigningIdentity signer : new SigningIdentity[] {FabricVectors.admin(2), FabricVectors.user(1)}) {
            assertThatThrownBy(() -> ConfigUpdates.apply(genesis, update(addingToOrg1(1), signer)))
                    .isInstanceOf(ConfigUpdateException.class)
                    .hasMessageContaining("do not satisfy")
                    .hasMessageContaining("/Channel/Application/Org1MSP");
        }
    }

    @Test
    void refuses_a_version_that_is_not_the_next() {
        assertThatThrownBy(() -> ConfigUpdates.apply(genesis, update(addingToOrg1(2), FabricVectors.admin(1))))
                .isInstanceOf(ConfigUpdateException.class)
                .hasMessageContaining("the next one is 1");
    }

    @Test
    void refuses_an_update_that_changes_nothing_or_reads_the_past() {
        ConfigUpdate same = addingToOrg1(1);
        ConfigUpdate nothing = same.toBuilder().setWriteSet(same.getReadSet()).build();
        assertThatThrownBy(() -> ConfigUpdates.apply(genesis, update(nothing, FabricVectors.admin(1))))
                .isInstanceOf(ConfigUpdateException.class)
                .hasMessageContaining("changes nothing");
        ConfigUpdate stale = addingToOrg1(1).toBuilder()
                .setReadSet(ConfigGroup.newBuilder().setVersion(3))
                .build();
        assertThatThrownBy(() -> ConfigUpdates.apply(genesis, update(stale, FabricVectors.admin(1))))
                .isInstanceOf(ConfigUpdateException.class)
                .hasMessageContaining("read at version 3");
    }

    @Test
    void refuses_an_update_for_another_channel() {
        ConfigUpdate foreign =
                addingToOrg1(1).toBuilder().setChannelId("another").build();
        assertThatThrownBy(() -> ConfigUpdates.apply(genesis, update(foreign, FabricVectors.admin(1))))
                .isInstanceOf(ConfigUpdateException.class)
                .hasMessageContaining("another");
    }

    /** Fabric's rule: without a new version of the group that would take it in, nobody authorised the new element, and it is left out. */
    @Test
    void leaves_out_what_its_group_does_not_take_in() throws ConfigUpdateException {
        Config result = ConfigUpdates.apply(genesis, update(addingToOrg1(0), FabricVectors.user(2)));

        assertThat(result.getChannelGroup()).isEqualTo(genesis.config().getChannelGroup());
    }

    @Test
    void refuses_a_new_value_that_is_not_at_version_zero() {
        ConfigUpdate update = addingToOrg1(1, note -> note.setVersion(5));
        assertThatThrownBy(() -> ConfigUpdates.apply(genesis, update(update, FabricVectors.admin(1))))
                .isInstanceOf(ConfigUpdateException.class)
                .hasMessageContaining("Note");
    }

    private ConfigUpdate addingToOrg1(long version) {
        return addingToOrg1(version, note -> {});
    }

    /** As a client's tool computes it: the read set names the groups on the way, the write set lists kept members and the new one. */
    private ConfigUpdate addingToOrg1(long version, Consumer<ConfigValue.Builder> change) {
        ConfigGroup current = org1(genesis.config().getChannelGroup());
        ConfigGroup.Builder kept = ConfigGroup.newBuilder();
        current.getPoliciesMap()
                .keySet()
                .forEach(name ->
                        kept.putPolicies(name, org.hyperledger.fabric.protos.common.ConfigPolicy.getDefaultInstance()));
        kept.putValues("MSP", ConfigValue.getDefaultInstance());
        ConfigValue.Builder note =
                ConfigValue.newBuilder().setModPolicy("Admins").setValue(ByteString.copyFromUtf8("new"));
        change.accept(note);
        ConfigGroup written = kept.clone()
                .setVersion(version)
                .setModPolicy("Admins")
                .putValues("Note", note.build())
                .build();
        return ConfigUpdate.newBuilder()
                .setChannelId("mychannel")
                .setReadSet(path(kept.build()))
                .setWriteSet(path(written))
                .build();
    }

    private static ConfigGroup path(ConfigGroup org1) {
        return ConfigGroup.newBuilder()
                .putGroups(
                        "Application",
                        ConfigGroup.newBuilder().putGroups("Org1MSP", org1).build())
                .build();
    }

    private static ConfigGroup org1(ConfigGroup root) {
        return root.getGroupsOrThrow("Application").getGroupsOrThrow("Org1MSP");
    }

    private static Envelope update(ConfigUpdate update, SigningIdentity signer) {
        return TestConfigurations.update(update, signer);
    }

    private static ConfigEnvelope content(int block) throws MalformedEnvelopeException, InvalidProtocolBufferException {
        return ChannelConfigReader.configuration(
                ParsedEnvelope.parse(FabricVectors.block(block).getData().getData(0)));
    }

    private static ChannelConfig read() {
        try {
            return ChannelConfigReader.read(FabricVectors.genesis());
        } catch (ChannelConfigException e) {
            throw new IllegalStateException(e);
        }
    }
}
