package org.jangbu.peer.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.membership.Membership;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.ProposalQueue;
import org.jangbu.peer.gateway.HostedPeer;
import org.jangbu.peer.lifecycle.node.NodePackages;
import org.jangbu.peer.lifecycle.node.PeerChaincodes;
import org.jangbu.peer.query.HostedLedgers;

/** One peer of this server, at work. */
record OpenPeer(Channels channels, PeerChaincodes chaincodes, NodePackages packages, ProposalQueue queue)
        implements AutoCloseable {

    LocalNode node() {
        return queue.endorser().peer().node();
    }

    HostedPeer inGateway() {
        return new HostedPeer(queue.endorser().peer(), queue);
    }

    HostedLedgers.Host inQueries() {
        return new HostedLedgers.Host(
                node().mspId(), channels::names, channel -> channels.byName().apply(channel.value()));
    }

    /** The MSP of the node itself. */
    Membership ownMembership() {
        return queue.endorser().peer().localMembership();
    }

    /** The MSPs of its channels, by their configurations now. */
    List<Membership> channelMemberships() {
        return channels.joined.values().stream()
                .map(joined -> joined.config().membership())
                .toList();
    }

    /** Ends its contracts. */
    @Override
    public void close() {
        chaincodes.close();
    }

    /** The channels of a peer, into which its other parts look while they grow. */
    static final class Channels {
        private final Map<ChannelId, JoinedChannel> joined = new ConcurrentHashMap<>();
        private final Runnable grown;

        /** @param grown runs after each channel that is added */
        Channels(Runnable grown) {
            this.grown = grown;
        }

        void add(ChannelId channel, JoinedChannel ledger) {
            joined.put(channel, ledger);
            grown.run();
        }

        Set<ChannelId> names() {
            return Set.copyOf(joined.keySet());
        }

        void joined(BiConsumer<ChannelId, JoinedChannel> consumer) {
            joined.forEach(consumer);
        }

        Function<String, Optional<JoinedChannel>> byName() {
            return name ->
                    ChannelId.isValid(name) ? Optional.ofNullable(joined.get(new ChannelId(name))) : Optional.empty();
        }
    }
}
