package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.PeerRoles;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.PeerResources;
import org.jangbu.peer.endorse.ProposalQueue;
import org.jangbu.peer.endorse.UnpackedProposal;

/** A peer of this server, as the gateway sees it. */
public record HostedPeer(PeerResources resources, ProposalQueue queue) implements EndorsingPeer {
    LocalNode node() {
        return resources.node();
    }

    @Override
    public NodeName name() {
        return node().name();
    }

    @Override
    public MspId mspId() {
        return node().mspId();
    }

    @Override
    public ByteString identity() {
        return node().signer().current().serialized();
    }

    @Override
    public Optional<String> address() {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Endorser.Answer> answer(UnpackedProposal proposal) {
        return queue.submit(proposal);
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

    /** The channel of a proposal that this peer was found able to answer. */
    JoinedChannel channelOf(UnpackedProposal proposal) {
        return joined(new ChannelId(proposal.channel()))
                .orElseThrow(() -> new IllegalStateException("an able peer has joined the channel"));
    }

    Optional<JoinedChannel> joined(ChannelId channel) {
        return resources.channels().apply(channel.value());
    }
}
