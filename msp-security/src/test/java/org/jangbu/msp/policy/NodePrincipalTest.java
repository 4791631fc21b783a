package org.jangbu.msp.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.List;
import org.hyperledger.fabric.protos.common.CombinedPrincipal;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPPrincipal.Classification;
import org.hyperledger.fabric.protos.common.OrganizationUnit;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.Sha256;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.FabricMsp;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodePrincipalTest {
    private SevenPeers peers;

    @BeforeEach
    void enroll() throws Exception {
        peers = new SevenPeers();
    }

    @Test
    void is_one_node_and_no_other() throws Exception {
        Policy p3 = peers.policy("OR(p3)");
        assertThat(p3.isSatisfiedBy(peers.signers("p3"))).isTrue();
        assertThat(p3.isSatisfiedBy(peers.signers("p1 p2 p4 p5 p6 p7"))).isFalse();
    }

    @Test
    void survives_the_renewal_of_the_nodes_certificate() throws Exception {
        Identity renewed = peers.member("p3", "peer", "node:p3");
        assertThat(renewed).isNotEqualTo(peers.signers("p3").get(0));
        assertThat(peers.policy("OR(p3)").isSatisfiedBy(List.of(renewed))).isTrue();
    }

    @Test
    void a_client_or_an_orderer_with_the_unit_of_a_node_is_not_the_node() throws Exception {
        Policy p3 = peers.policy("OR(p3)");
        assertThat(p3.isSatisfiedBy(List.of(peers.member("p3", "client", "node:p3"))))
                .isFalse();
        assertThat(p3.isSatisfiedBy(List.of(peers.member("p3", "orderer", "node:p3"))))
                .isFalse();
    }

    @Test
    void is_a_combined_principal_of_role_and_unit_as_fabric_knows_it() throws Exception {
        SignaturePolicyEnvelope policy = PolicyLanguage.parse(SevenPeers.full("OR(p3)"), peers.membership());
        assertThat(policy.getVersion()).isZero();
        MSPPrincipal principal = policy.getIdentities(0);
        assertThat(principal.getPrincipalClassification()).isEqualTo(Classification.COMBINED);
        CombinedPrincipal parts = CombinedPrincipal.parseFrom(principal.getPrincipal());
        assertThat(RolePrincipal.of(parts.getPrincipals(0))).hasToString("Org1MSP.peer");
        OrganizationUnit unit =
                OrganizationUnit.parseFrom(parts.getPrincipals(1).getPrincipal());
        assertThat(unit.getMspIdentifier()).isEqualTo("Org1MSP");
        assertThat(unit.getOrganizationalUnitIdentifier()).isEqualTo("node:p3");
        assertThat(unit.getCertifiersIdentifier()).hasSize(32);
    }

    @Test
    void is_written_with_its_certifiers_so_that_it_can_be_read_anywhere() throws Exception {
        SignaturePolicyEnvelope policy =
                PolicyLanguage.parse(SevenPeers.full("AND(p1, Weights(2, p2=1, p3=1, p4=1))"), peers.membership());
        String text = PolicyLanguage.format(policy);
        assertThat(text).matches("AND\\('Org1MSP.node:p1@[0-9a-f]{64}', Weights\\(2, .*");
        assertThat(PolicyLanguage.parse(text)).isEqualTo(policy);
        assertThat(PolicyLanguage.describe(policy))
                .isEqualTo("AND('Org1MSP.node:p1', "
                        + "Weights(2, 'Org1MSP.node:p2'=1, 'Org1MSP.node:p3'=1, 'Org1MSP.node:p4'=1))");
    }

    @Test
    void asks_for_the_certifiers_where_nobody_tells_them() {
        assertThatThrownBy(() -> PolicyLanguage.parse("OR('Org1MSP.node:p1')"))
                .isInstanceOf(PolicySyntaxException.class)
                .hasMessageContaining("which CA certifies the nodes of Org1MSP");
        assertThatThrownBy(() -> PolicyLanguage.parse("OR('Org9MSP.node:p1')", peers.membership()))
                .isInstanceOf(PolicySyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OR('Org1MSP.node:')",
                "OR('Org1MSP.node:P1')",
                "OR('Org1MSP.node:-p')",
                "OR('Org1MSP.node:p 1')",
                "OR('node:p1')",
                "OR('Org1MSP.node:p1@')",
                "OR('Org1MSP.node:p1@00')",
                "OR('Org1MSP.node')",
                "Weights(1, OR('Org1MSP.peer')=1)",
                "Weights(1, 'Org1MSP.peer')",
                "Weights(1, 'Org1MSP.peer'=)",
                "Weights(1, 'Org1MSP.peer'=0)",
                "Weights(1, 'Org1MSP.peer'=1000001)",
                "Weights(2, 'Org1MSP.peer'=1)",
                "Weights(0, 'Org1MSP.peer'=1)",
                "Weights('Org1MSP.peer'=1)",
                "Weights(1)",
                "Weights(1, 'Org1MSP.peer'=1",
                "AND('Org1MSP.peer'=1)"
            })
    void refuses_texts_that_are_no_nodes_or_weights(String text) {
        assertThatThrownBy(() -> PolicyLanguage.parse(text, peers.membership()))
                .isInstanceOf(PolicySyntaxException.class);
    }

    @Test
    void names_the_ca_that_may_issue_and_nobody_where_there_are_two() throws Exception {
        TestAuthority root = TestAuthority.root("root");
        TestAuthority below = root.intermediate("below");
        FabricMSPConfig.Builder config = SevenPeers.config(root).addIntermediateCerts(below.pem());
        assertThat(FabricMsp.of(config.build()).nodeCertifiers())
                .contains(Sha256.of(
                        ByteString.copyFrom(below.certificate().getEncoded()),
                        ByteString.copyFrom(root.certificate().getEncoded())));
        config.addIntermediateCerts(root.intermediate("second").pem());
        assertThat(FabricMsp.of(config.build()).nodeCertifiers()).isEmpty();
        config.getFabricNodeOusBuilder().getPeerOuIdentifierBuilder().setCertificate(below.pem());
        ChannelMembership demanding = ChannelMembership.of(FabricMsp.of(config.build()));
        assertThat(demanding.nodeCertifiers(SevenPeers.ID)).isPresent();
        assertThat(demanding.nodeCertifiers(new MspId("Org9MSP"))).isEmpty();
    }

    @Test
    void other_combined_principals_are_not_taken_for_nodes() throws Exception {
        NodePrincipal node = new NodePrincipal(SevenPeers.ID, new NodeName("p1"), ByteString.copyFrom(new byte[32]));
        MSPPrincipal message = node.toPrincipal();
        assertThat(NodePrincipal.of(message)).contains(node);
        assertThat(node.toFullText())
                .isEqualTo("Org1MSP.node:p1@" + HexFormat.of().formatHex(new byte[32]));
        CombinedPrincipal parts = CombinedPrincipal.parseFrom(message.getPrincipal());
        for (CombinedPrincipal other : List.of(
                CombinedPrincipal.getDefaultInstance(),
                parts.toBuilder().removePrincipals(0).build(),
                parts.toBuilder().addPrincipals(parts.getPrincipals(0)).build(),
                parts.toBuilder().setPrincipals(0, parts.getPrincipals(1)).build())) {
            MSPPrincipal combined =
                    message.toBuilder().setPrincipal(other.toByteString()).build();
            assertThat(NodePrincipal.of(combined)).isEmpty();
            assertThat(PrincipalText.describe(combined)).isEqualTo("a combined principal");
        }
        assertThat(NodePrincipal.of(message.toBuilder()
                        .setPrincipal(ByteString.copyFromUtf8("?"))
                        .build()))
                .isEmpty();
    }
}
