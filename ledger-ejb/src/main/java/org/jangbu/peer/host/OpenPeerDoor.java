package org.jangbu.peer.host;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.policy.SignedData;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.ProposalException;
import org.jangbu.peer.endorse.SignedAccess;
import org.jangbu.peer.endorse.UnpackedProposal;
import org.jangbu.peer.event.DeliverDoor;
import org.jangbu.peer.event.FollowedChain;
import org.jangbu.peer.event.LedgerGrowth;

/** The door of a peer that is open. */
final class OpenPeerDoor implements PeerDoor {
    private final OpenPeer peer;
    private final LedgerGrowth growth;
    private final Clock clock;
    private final SignedAccess access;
    private final Endorser.Settings settings;

    OpenPeerDoor(OpenPeer peer, LedgerGrowth growth, Clock clock, DoorCheck door, Endorser.Settings settings) {
        this.peer = peer;
        this.growth = growth;
        this.clock = clock;
        this.access = new SignedAccess(door);
        this.settings = settings;
    }

    @Override
    public LocalNode node() {
        return peer.node();
    }

    @Override
    public CompletionStage<ProposalResponse> process(SignedProposal proposal) {
        try {
            return peer.queue()
                    .submit(UnpackedProposal.of(proposal, settings.maxProposalBytes()))
                    .thenApply(Endorser.Answer::response);
        } catch (ProposalException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Set<ChannelId> channels() {
        return peer.channels().names();
    }

    @Override
    public Optional<JoinedChannel> channel(String name) {
        return peer.channels().byName().apply(name);
    }

    @Override
    public Optional<FollowedChain> chain(String channel) {
        return channel(channel).map(growth::chain);
    }

    @Override
    public DeliverDoor deliver(boolean filtered) {
        return new DeliverDoor(
                this::chain,
                new Rule(access, filtered ? "event/FilteredBlock" : "event/Block"),
                clock,
                settings.timeWindow());
    }

    @Override
    public SignedAccess access() {
        return access;
    }

    @Override
    public Membership membership() {
        return peer.ownMembership();
    }

    private record Rule(SignedAccess access, String resource) implements DeliverDoor.Readers {
        @Override
        public Optional<String> refusal(ChannelConfig config, SignedData request) {
            return access.refusal(config, resource, request);
        }

        @Override
        public Optional<String> lapse(ChannelConfig config, SignedData request) {
            return access.lapse(config, request);
        }
    }
}
