package org.jangbu.peer.host;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChannelId;
import org.jangbu.peer.deliver.ChannelPipeline;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.ProposalQueue;
import org.jangbu.peer.gateway.HostedPeer;
import org.jangbu.peer.lifecycle.PeerChaincodes;
import org.jangbu.peer.query.HostedLedgers;

/** One peer of this server, at work. */
final class OpenPeer {
    private final LocalNode node;
    private final PeerChaincodes chaincodes;
    private final Map<ChannelId, JoinedChannel> channels;
    private final Endorser endorser;
    private final ProposalQueue queue;

    /** The channels of a peer, which its other parts look into while they grow. */
    static final class Channels {
        private final Map<ChannelId, JoinedChannel> joined = new ConcurrentHashMap<>();

        void add(PeerLedger ledger, ChannelPipeline pipeline) {
            joined.put(ledger.id().channel(), new JoinedChannel(ledger, pipeline::config));
        }

        Set<ChannelId> names() {
            return Set.copyOf(joined.keySet());
        }

        Function<String, Optional<JoinedChannel>> byName() {
            return name -> ChannelId.isValid(name) ? Optional.ofNullable(joined.get(new ChannelId(name))) : Optional.empty();
        }
    }

    OpenPeer(LocalNode node, PeerChaincodes chaincodes, Channels channels, Endorser endorser, ProposalQueue queue) {
        this.node = node;
        this.chaincodes = chaincodes;
        this.channels = channels.joined;
        this.endorser = endorser;
        this.queue = queue;
    }

    LocalNode node() {
        return node;
    }

    Endorser endorser() {
        return endorser;
    }

    HostedPeer inGateway() {
        return new HostedPeer(endorser.peer(), queue);
    }

    HostedLedgers.Host inQueries() {
        return new HostedLedgers.Host(
                node.mspId(),
                () -> Set.copyOf(channels.keySet()),
                channel -> Optional.ofNullable(channels.get(channel)));
    }

    /** Ends its contracts. */
    void close() {
        chaincodes.close();
    }
}
