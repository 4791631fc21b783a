package org.jangbu.peer.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.SignaturePolicy;
import org.jangbu.peer.endorse.ProposalQueue;
import org.jangbu.peer.endorse.TestPeer;
import org.junit.jupiter.api.Test;

class EndorsementPlanTest {
    private final HostedPeer one = hosted(1);
    private final HostedPeer two = hosted(2);
    private final ChannelConfig config =
            one.joined(new ChannelId(TestPeer.CHANNEL)).orElseThrow().config();

    @Test
    void asks_no_more_peers_than_the_policy_needs_the_preferred_first() throws Exception {
        assertThat(plan("OR('Org1MSP.peer', 'Org2MSP.peer')").peers()).contains(List.of(one));
        assertThat(plan("OutOf(2, 'Org1MSP.peer', 'Org2MSP.peer')").peers().orElseThrow())
                .containsExactlyInAnyOrder(one, two);
    }

    @Test
    void asks_the_one_peer_whose_weight_is_enough_rather_than_several_before_it() throws Exception {
        assertThat(plan("Weights(3, 'Org1MSP.peer'=1, 'Org2MSP.peer'=3)").peers())
                .contains(List.of(two));
        assertThat(plan("AND('Org1MSP.peer', Weights(3, 'Org1MSP.peer'=1, 'Org2MSP.peer'=3))")
                        .peers()
                        .orElseThrow())
                .containsExactlyInAnyOrder(one, two);
    }

    @Test
    void says_what_is_missing_where_all_together_are_not_enough() throws Exception {
        assertThat(plan("Weights(5, 'Org1MSP.peer'=1, 'Org2MSP.peer'=3, 'OrdererMSP.orderer'=1)"))
                .isEqualTo(new EndorsementPlan(
                        java.util.Optional.empty(), "1 more of weight (4 of 5 is there) by OrdererMSP.orderer=1"));
        assertThat(plan("OR('Org1MSP.node:elsewhere.example.com')").missing())
                .isEqualTo("a signature by Org1MSP.node:elsewhere.example.com");
    }

    private EndorsementPlan plan(String text) throws Exception {
        Policy policy = SignaturePolicy.of(PolicyLanguage.parse(text, config.membership()), config.membership());
        return EndorsementPlan.choose(List.of(one, two), List.of(policy), config);
    }

    private static HostedPeer hosted(int organization) {
        TestPeer peer = new TestPeer(organization);
        return new HostedPeer(peer.resources(), new ProposalQueue(peer.endorser(), Runnable::run, 1, 1));
    }
}
