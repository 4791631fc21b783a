package org.jangbu.peer.gateway;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.privatedata.ImplicitCollection;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.Quoted;
import org.jangbu.msp.policy.Policy;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.UnpackedProposal;

/** Under which policies one proposal is to be endorsed, and who satisfies them. Where the caller names organisations, one peer of each does. */
final class EndorsementPlanning {
    private final UnpackedProposal proposal;
    private final HostedPeer here;
    private final List<EndorsingPeer> able;
    private final Routing routing;
    private final EndorsementPolicies policies;

    /**
     * The plans of one proposal.
     *
     * @param here a peer of this server by whose copy of the channel it is planned
     * @param able who can be asked on this server
     */
    EndorsementPlanning(UnpackedProposal proposal, HostedPeer here, List<EndorsingPeer> able, Routing routing) {
        this.proposal = proposal;
        this.here = here;
        this.able = able;
        this.routing = routing;
        this.policies = new EndorsementPolicies(here.resources().definitions());
    }

    /** Which of the candidates satisfy all of that, those first in the list preferred. */
    EndorsementPlan plan(List<EndorsingPeer> candidates, Set<Requirement> required) throws EndorseException {
        if (candidates.isEmpty()) {
            return new EndorsementPlan(Optional.empty(), "any peer");
        }
        if (!routing.organizations().isEmpty()) {
            return oneOfEach(candidates);
        }
        JoinedChannel channel = here.channelOf(proposal);
        ChannelConfig config = channel.config();
        boolean system = here.hasSystem(proposal.chaincode());
        List<Policy> all = new ArrayList<>();
        for (Requirement requirement : required) {
            Optional<Policy> policy = policies.of(channel, requirement);
            if (policy.isEmpty() && system) {
                // A query of a system chaincode writes nothing; committers ask for one valid endorser.
                return EndorsementPlan.asking(candidates.subList(0, 1));
            }
            all.add(policy.orElseThrow(() -> new EndorseException(
                    EndorseException.Kind.UNSATISFIED,
                    proposal.txId(),
                    AblePeers.NO_COMBINATION + ": "
                            + (requirement.keyPolicy().isPresent() ? "a key of " : "chaincode ")
                            + Quoted.brief(requirement.namespace()) + " has no readable policy in channel "
                            + proposal.channel(),
                    List.of())));
        }
        return EndorsementPlan.choose(candidates, all, config);
    }

    private EndorsementPlan oneOfEach(List<EndorsingPeer> candidates) {
        List<EndorsingPeer> peers = new ArrayList<>();
        for (String organization : routing.organizations()) {
            Optional<EndorsingPeer> first = candidates.stream()
                    .filter(peer -> peer.mspId().value().equals(organization))
                    .findFirst();
            if (first.isEmpty()) {
                return new EndorsementPlan(Optional.empty(), "a peer of " + organization);
            }
            peers.add(first.get());
        }
        return EndorsementPlan.asking(peers);
    }

    /** Under whose policy to begin: an approval concerns only the collection of the creator's organisation. */
    Requirement first() {
        return Requirement.of(
                OwnOrganization.approves(proposal)
                        ? StateKey.namespaceOf(
                                proposal.chaincode(),
                                ImplicitCollection.of(
                                        able.isEmpty()
                                                ? here.mspId()
                                                : able.get(0).mspId()))
                        : proposal.chaincode());
    }

    /** What endorsers have said of the policies that committers will ask by; nothing if nobody has endorsed. */
    static Set<Requirement> told(List<Reply> replies) {
        Set<Requirement> told = new LinkedHashSet<>();
        replies.stream()
                .filter(Reply::endorsed)
                .forEach(reply -> told.addAll(Requirement.of(reply.response().getInterest())));
        return told;
    }
}
