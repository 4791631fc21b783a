package org.jangbu.peer.host;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.membership.Membership;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.ProposalException;
import org.jangbu.peer.endorse.SignedAccess;
import org.jangbu.peer.event.DeliverDoor;
import org.jangbu.peer.event.FollowedChain;

/** One hosted peer by itself, for those who mean this one and no other. Callers are judged by what they have signed. */
public interface PeerDoor {
    LocalNode node();

    /** Answers a proposal; fails with {@link ProposalException} where it must not be simulated. */
    CompletionStage<ProposalResponse> process(SignedProposal proposal);

    /** Names of the channels that the peer has joined. */
    Set<ChannelId> channels();

    /** A channel that the peer has joined, by its name, which need not be a valid one. */
    Optional<JoinedChannel> channel(String name);

    /** The peer's copy of a channel, to be followed. */
    Optional<FollowedChain> chain(String channel);

    /** Where blocks are asked for, under the access rule {@code event/Block}, or {@code event/FilteredBlock}. */
    DeliverDoor deliver(boolean filtered);

    /** Judges signed requests. */
    SignedAccess access();

    /** The peer's own MSP, for what concerns no channel. */
    Membership membership();
}
