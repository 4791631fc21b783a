package org.jangbu.ledger.consortium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.channel.TestConfigurations;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.RevocationSource;
import org.junit.jupiter.api.Test;

class ConsortiumUpdateTest {
    private static final String NAME = "Trial";
    private static final MSPConfig ORG1 = FabricVectors.msp(FabricVectors.ORG1).channelConfig();
    private static final MSPConfig ORG2 = FabricVectors.msp(FabricVectors.ORG2).channelConfig();
    private static final MSPConfig NEWCOMER =
            FabricVectors.msp(FabricVectors.ORDERER).channelConfig();

    private final DoorCheck door = doorAt(Instant.parse("2027-01-01T00:00:00Z"));

    @Test
    void most_administrators_take_in_another_organisation() throws Exception {
        Consortium two = consortium(ORG1, ORG2);
        ConfigUpdate update = ConsortiumUpdate.admitting(two, NEWCOMER);

        ConsortiumUpdate.Admitted admitted = ConsortiumUpdate.accept(
                two, TestConfigurations.update(update, FabricVectors.admin(1), FabricVectors.admin(2)), door);

        assertThat(admitted.id()).isEqualTo(FabricVectors.ORDERER);
        assertThat(admitted.member()).isEqualTo(NEWCOMER);
        assertThat(admitted.consortium().memberIds())
                .containsExactly(FabricVectors.ORDERER, FabricVectors.ORG1, FabricVectors.ORG2);
        assertThat(admitted.consortium().rules()).isEqualTo(two.rules());
        refused(admitted.consortium(), update, "names 0", FabricVectors.admin(1), FabricVectors.admin(2));
    }

    @Test
    void says_whose_signature_is_missing() throws Exception {
        Consortium two = consortium(ORG1, ORG2);
        ConfigUpdate update = ConsortiumUpdate.admitting(two, NEWCOMER);
        refused(two, update, "Org2MSP.admin", FabricVectors.admin(1));
        refused(two, update, "Org2MSP.admin", FabricVectors.admin(1), FabricVectors.admin(1));
        refused(two, update, "Org2MSP.admin", FabricVectors.admin(1), FabricVectors.user(2));
        refused(two, update, "(0 of 1 signatures count)", FabricVectors.ordererAdmin());
    }

    @Test
    void signatures_are_over_this_update_and_by_certificates_in_force() throws Exception {
        Consortium two = consortium(ORG1, ORG2);
        ConfigUpdate update = ConsortiumUpdate.admitting(two, NEWCOMER);
        var signed = TestConfigurations.update(update, FabricVectors.admin(1), FabricVectors.admin(2));
        DoorCheck inAHundredYears = doorAt(Instant.parse("2126-01-01T00:00:00Z"));
        assertThatThrownBy(() -> ConsortiumUpdate.accept(two, signed, inAHundredYears))
                .isInstanceOf(ConsortiumException.class)
                .hasMessageContaining("(0 of 2 signatures count)");
    }

    @Test
    void refuses_what_was_made_of_another_consortium() throws Exception {
        Consortium one = consortium(ORG1);
        Consortium two = consortium(ORG1, ORG2);
        refused(two, ConsortiumUpdate.admitting(one, NEWCOMER), "as it is now, version 2", FabricVectors.admin(1));
        ConfigUpdate other = ConsortiumUpdate.admitting(two, NEWCOMER).toBuilder()
                .setChannelId("channel1")
                .build();
        refused(two, other, "'channel1'", FabricVectors.admin(1), FabricVectors.admin(2));
    }

    @Test
    void refuses_what_does_more_than_take_in_one_organisation() throws Exception {
        Consortium one = consortium(ORG1);
        ConfigUpdate update = ConsortiumUpdate.admitting(one, ORG2);
        refused(one, update.toBuilder().clearWriteSet().build(), "names 0", FabricVectors.admin(1));
        refused(
                one,
                members(
                        update,
                        group -> group.toBuilder()
                                .putGroups("OrdererMSP", ConfigGroup.getDefaultInstance())
                                .build()),
                "names 2",
                FabricVectors.admin(1));
        refused(
                one,
                members(
                        update,
                        group -> group.toBuilder()
                                .putValues("ChannelCreationPolicy", ConfigValue.getDefaultInstance())
                                .build()),
                "does more",
                FabricVectors.admin(1));
        refused(
                one,
                members(
                        update,
                        group -> group.toBuilder()
                                .putGroups("Org3MSP", group.getGroupsOrThrow("Org2MSP"))
                                .removeGroups("Org2MSP")
                                .build()),
                "does more",
                FabricVectors.admin(1));
        refused(
                one,
                members(update, group -> group.toBuilder().setVersion(7).build()),
                "does more",
                FabricVectors.admin(1));
    }

    @Test
    void refuses_an_organisation_without_a_usable_msp() throws Exception {
        Consortium one = consortium(ORG1);
        ConfigUpdate update = members(
                ConsortiumUpdate.admitting(one, ORG2),
                group -> group.toBuilder()
                        .putGroups(
                                "Org2MSP",
                                ConfigGroup.newBuilder()
                                        .putValues(
                                                "MSP",
                                                ConfigValue.newBuilder()
                                                        .setValue(MSPConfig.newBuilder()
                                                                .setConfig(ByteString.copyFromUtf8("none"))
                                                                .build()
                                                                .toByteString())
                                                        .build())
                                        .build())
                        .build());
        refused(one, update, "cannot be used", FabricVectors.admin(1));
        assertThatThrownBy(() -> ConsortiumUpdate.admitting(one, MSPConfig.getDefaultInstance()))
                .isInstanceOf(ConsortiumException.class);
    }

    private void refused(Consortium consortium, ConfigUpdate update, String reason, SigningIdentity... signers) {
        assertThatThrownBy(() -> ConsortiumUpdate.accept(consortium, TestConfigurations.update(update, signers), door))
                .isInstanceOf(ConsortiumException.class)
                .hasMessageContaining(reason);
    }

    private static ConfigUpdate members(ConfigUpdate update, UnaryOperator<ConfigGroup> change) {
        ConfigGroup consortiums = update.getWriteSet().getGroupsOrThrow("Consortiums");
        return update.toBuilder()
                .setWriteSet(update.getWriteSet().toBuilder()
                        .putGroups(
                                "Consortiums",
                                consortiums.toBuilder()
                                        .putGroups(NAME, change.apply(consortiums.getGroupsOrThrow(NAME)))
                                        .build()))
                .build();
    }

    private static Consortium consortium(MSPConfig... members) throws ConsortiumException {
        return Consortium.of(NAME, List.of(members), Consortium.Rules.DEFAULT);
    }

    private static DoorCheck doorAt(Instant now) {
        return new DoorCheck(Clock.fixed(now, ZoneOffset.UTC), RevocationSource.NONE);
    }
}
