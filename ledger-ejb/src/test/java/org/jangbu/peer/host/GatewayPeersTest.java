package org.jangbu.peer.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.ProposalQueue;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.gateway.HostedPeer;
import org.jangbu.peer.gateway.RemotePeers;
import org.jangbu.peer.reconcile.OtherPeers;
import org.junit.jupiter.api.Test;

/** Private data are exchanged with the peers that the gateway has met, and with no other. */
class GatewayPeersTest {
    private final TestPeer peer = new TestPeer(1);
    private final HostedPeer here = hosted(peer);
    private final HostedPeer there = hosted(new TestPeer(2));
    private final JoinedChannel channel = new JoinedChannel(peer.ledger(), TestPeer::channelConfig);

    @Test
    void those_that_the_gateway_has_met_are_asked_under_the_identity_that_they_have_shown() throws Exception {
        List<OtherPeers.Other> others = new GatewayPeers(met(true), name -> Optional.of(here))
                .on(channel)
                .toCompletableFuture()
                .get();
        assertThat(others).singleElement().satisfies(other -> {
            assertThat(other.name()).isEqualTo(there.name());
            assertThat(other.mspId()).isEqualTo(there.mspId());
            assertThat(other.identity()).isEqualTo(there.identity());
        });
    }

    @Test
    void nobody_is_asked_where_the_channel_names_nobody_or_the_asking_peer_is_gone() throws Exception {
        assertThat(new GatewayPeers(met(false), name -> Optional.of(here))
                        .on(channel)
                        .toCompletableFuture()
                        .get())
                .isEmpty();
        assertThat(new GatewayPeers(met(true), name -> Optional.empty())
                        .on(channel)
                        .toCompletableFuture()
                        .get())
                .isEmpty();
    }

    private static HostedPeer hosted(TestPeer peer) {
        Endorser endorser = peer.endorser();
        return new HostedPeer(endorser.peer(), new ProposalQueue(endorser, Runnable::run, 2, 10));
    }

    private RemotePeers met(boolean any) {
        return new RemotePeers() {
            @Override
            public boolean mayBeOn(ChannelConfig config) {
                return any;
            }

            @Override
            public CompletionStage<Found> on(HostedPeer asking, ChannelConfig config) {
                assertThat(asking).isEqualTo(here);
                return CompletableFuture.completedFuture(new Found(List.of(there), List.of()));
            }
        };
    }
}
