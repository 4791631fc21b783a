package org.jangbu.peer.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.policy.Policy;
import org.junit.jupiter.api.Test;

class EndorsementPoliciesTest {
    private final EndorsementPolicies policies = new EndorsementPolicies(TestChannel.CONFIG);

    @Test
    void takes_the_policy_that_a_definition_names_in_the_channel() {
        Policy named = policies.application(reference("/Channel/Application/Org1MSP/Endorsement"));
        assertThat(satisfied(named, FabricVectors.peer(1))).isTrue();
        assertThat(satisfied(named, FabricVectors.peer(2))).isFalse();
    }

    @Test
    void what_cannot_be_read_satisfies_nobody() {
        SigningIdentity[] everybody = {FabricVectors.peer(1), FabricVectors.peer(2), FabricVectors.admin(1)};
        ByteString rubbish = ByteString.copyFrom(new byte[] {(byte) 0xff});
        assertThat(satisfied(policies.application(rubbish), everybody)).isFalse();
        assertThat(satisfied(policies.application(ByteString.EMPTY), everybody)).isFalse();
        assertThat(satisfied(policies.application(reference("/Channel/Missing")), everybody))
                .isFalse();
        assertThat(satisfied(policies.signature(rubbish), everybody)).isFalse();
        assertThat(satisfied(
                        policies.signature(TestChannel.ORG1.toBuilder()
                                .setVersion(7)
                                .build()
                                .toByteString()),
                        everybody))
                .isFalse();
        assertThat(satisfied(
                        policies.signature(
                                SignaturePolicyEnvelope.getDefaultInstance().toByteString()),
                        everybody))
                .isFalse();
    }

    @Test
    void falls_back_on_fabrics_rules_where_the_channel_has_no_endorsement_policies() throws Exception {
        EndorsementPolicies older = new EndorsementPolicies(withoutEndorsementPolicies());

        assertThat(satisfied(older.lifecycle(), FabricVectors.peer(1))).isFalse();
        assertThat(satisfied(older.lifecycle(), FabricVectors.peer(1), FabricVectors.user(2)))
                .isTrue();
        assertThat(satisfied(older.implicitCollection("Org1MSP").orElseThrow(), FabricVectors.user(1)))
                .isTrue();
        assertThat(satisfied(older.implicitCollection("Org1MSP").orElseThrow(), FabricVectors.user(2)))
                .isFalse();
        assertThat(older.implicitCollection("OrdererMSP")).isEmpty();
    }

    private static ChannelConfig withoutEndorsementPolicies() throws Exception {
        Config config = TestChannel.CONFIG.config();
        ConfigGroup root = config.getChannelGroup();
        ConfigGroup.Builder application = root.getGroupsOrThrow("Application").toBuilder()
                .removePolicies("Endorsement")
                .removePolicies("LifecycleEndorsement");
        for (String organization : List.of("Org1MSP", "Org2MSP")) {
            application.putGroups(
                    organization,
                    application.getGroupsOrThrow(organization).toBuilder()
                            .removePolicies("Endorsement")
                            .build());
        }
        return ChannelConfigReader.read(
                TestChannel.CONFIG.channel(),
                config.toBuilder()
                        .setChannelGroup(root.toBuilder().putGroups("Application", application.build()))
                        .build());
    }

    private static ByteString reference(String path) {
        return ApplicationPolicy.newBuilder()
                .setChannelConfigPolicyReference(path)
                .build()
                .toByteString();
    }

    private static boolean satisfied(Policy policy, SigningIdentity... signers) {
        return policy.isSatisfiedBy(
                Stream.of(signers).map(EndorsementPoliciesTest::identity).toList());
    }

    private static Identity identity(SigningIdentity signer) {
        try {
            return TestChannel.CONFIG.membership().deserialize(signer.serialized());
        } catch (IdentityException e) {
            throw new IllegalStateException(e);
        }
    }
}
