package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.PeerRoles;
import org.jangbu.model.ChannelId;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.PeerResources;
import org.jangbu.peer.endorse.ProposalQueue;

/** A peer of this server, as the gateway sees it. */
public record HostedPeer(PeerResources resources, ProposalQueue queue) {
    LocalNode node() {
        return resources.node();
    }

    /** Its identity now, as endorsements carry it. */
    ByteString identity() {
        return node().signer().current().serialized();
    }

    /** Whether it has joined the channel and has the role of an endorser there. */
    boolean endorses(ChannelId channel) {
        return joined(channel)
                .map(joined -> PeerRoles.endorses(node(), joined.config()))
                .orElse(false);
    }

    boolean hasSystem(String chaincode) {
        return resources.systemChaincodes().containsKey(chaincode);
    }

    Optional<JoinedChannel> joined(ChannelId channel) {
        return resources.channels().apply(channel.value());
    }
}
