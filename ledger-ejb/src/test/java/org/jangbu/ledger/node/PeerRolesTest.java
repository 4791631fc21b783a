package org.jangbu.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.channel.TestConfigurations;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.identity.SigningIdentity;
import org.junit.jupiter.api.Test;

class PeerRolesTest {
    private final ChannelConfig silent = config();

    @Test
    void the_nodes_own_settings_decide_where_the_channel_says_nothing() {
        assertThat(PeerRoles.of(peer(2, true), silent)).isEqualTo(new PeerRoles(true, false, false));
        assertThat(PeerRoles.of(peer(2, false), silent)).isEqualTo(new PeerRoles(false, false, false));
    }

    @Test
    void the_channel_decides_where_it_says_something() {
        ChannelConfig mine = with("EndorsingPeers", "OR('Org1MSP.peer')");
        assertThat(PeerRoles.endorses(peer(1, false), mine)).isTrue();
        ChannelConfig others = with("EndorsingPeers", "OR('Org1MSP.node:peer1.org1.example.com')");
        assertThat(PeerRoles.endorses(peer(1, true), others)).isFalse();
        ChannelConfig nobodys = with("EndorsingPeers", "OutOf(2, 'Org1MSP.peer')");
        assertThat(PeerRoles.endorses(peer(1, true), nobodys)).isFalse();
    }

    @Test
    void an_organisation_speaks_for_its_own_peers_only() {
        ChannelConfig config = with("EndorsingPeers", "OR('Org2MSP.peer')");
        assertThat(PeerRoles.endorses(peer(1, true), config)).isFalse();
        assertThat(PeerRoles.endorses(peer(2, false), config)).isFalse();
    }

    @Test
    void an_identity_that_the_channel_does_not_accept_has_no_role() {
        ChannelConfig config = with("EndorsingPeers", "OR('Org1MSP.member')");
        assertThat(PeerRoles.endorses(node(FabricVectors.ORG1, "p", true, FabricVectors.peer(2)), config))
                .isFalse();
    }

    @Test
    void leaders_and_anchors_are_told_by_the_channel() {
        ChannelConfig config = with("LeadingPeers", "OR('Org1MSP.peer')");
        assertThat(PeerRoles.of(peer(1, true), config)).isEqualTo(new PeerRoles(true, true, false));
        LocalNode anchor = new LocalNode(
                new NodeName("peer0.org1.example.com"),
                FabricVectors.ORG1,
                LocalNode.Role.PEER,
                true,
                "localhost:28051",
                Path.of("peer0"),
                FabricVectors.peer(1));
        assertThat(PeerRoles.of(anchor, config)).isEqualTo(new PeerRoles(true, true, true));
    }

    private ChannelConfig with(String policy, String text) {
        return TestConfigurations.withPolicy(silent, "Org1MSP", policy, text);
    }

    private static LocalNode peer(int organization, boolean endorsing) {
        MspId mspId = organization == 1 ? FabricVectors.ORG1 : FabricVectors.ORG2;
        return node(mspId, "peer0.org" + organization + ".example.com", endorsing, FabricVectors.peer(organization));
    }

    private static LocalNode node(MspId mspId, String name, boolean endorsing, SigningIdentity signer) {
        return new LocalNode(
                new NodeName(name), mspId, LocalNode.Role.PEER, endorsing, name + ":7051", Path.of(name), signer);
    }

    /** With an anchor peer of the first organisation. */
    private static ChannelConfig config() {
        try {
            return ChannelConfigReader.read(FabricVectors.block(1));
        } catch (ChannelConfigException e) {
            throw new IllegalStateException(e);
        }
    }
}
