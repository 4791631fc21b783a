package org.jangbu.peer.gateway;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.privatedata.ImplicitCollection;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.Quoted;
import org.jangbu.model.TxId;
import org.jangbu.msp.policy.Policy;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.ProposalException;
import org.jangbu.peer.endorse.UnpackedProposal;

/** The peers of this server, one at a time. */
public final class LocalNamedPeers implements NamedPeers {
    /** What a proposal has besides the package that it installs: header, certificate, names. */
    private static final int BESIDES_A_PACKAGE = 64 << 10;

    private static final String LIFECYCLE = ChaincodeName.LIFECYCLE.value();

    private final List<HostedPeer> peers;
    private final Questions questions;
    private final int maxProposalBytes;
    private final int maxPackageBytes;

    /**
     * @param maxProposalBytes most bytes of a proposal
     * @param maxPackageBytes most bytes of a package, which a proposal of no channel may hold
     */
    public LocalNamedPeers(List<HostedPeer> peers, Questions questions, int maxProposalBytes, int maxPackageBytes) {
        this.peers = List.copyOf(peers);
        this.questions = questions;
        this.maxProposalBytes = maxProposalBytes;
        this.maxPackageBytes = maxPackageBytes;
    }

    @Override
    public CompletionStage<EndorseException.Answer> propose(NodeName name, SignedProposal signed) {
        Optional<HostedPeer> peer = peers.stream()
                .filter(candidate -> candidate.node().name().equals(name))
                .findFirst();
        if (peer.isEmpty()) {
            return failed(EndorseException.Kind.NOT_FOUND, "this server hosts no peer " + Quoted.brief(name.value()));
        }
        UnpackedProposal proposal;
        try {
            proposal = unpack(signed);
        } catch (ProposalException e) {
            return failed(EndorseException.Kind.MALFORMED, e.getMessage());
        }
        return questions.ask(proposal, peer.get()).thenCompose(reply -> judged(proposal, reply));
    }

    @Override
    public Optional<String> lacksToDefineAlone(ChannelId channel, MspId organization) {
        List<HostedPeer> own = peers.stream()
                .filter(peer -> peer.node().mspId().equals(organization)
                        && peer.joined(channel).isPresent()
                        && peer.endorses(channel))
                .toList();
        if (own.isEmpty()) {
            return Optional.of("an endorsing peer of " + organization + " here that has joined channel " + channel);
        }
        HostedPeer first = own.get(0);
        JoinedChannel joined = first.joined(channel).orElseThrow();
        EndorsementPolicies policies = new EndorsementPolicies(first.resources().definitions());
        return lacking(own, joined, policies, StateKey.namespaceOf(LIFECYCLE, ImplicitCollection.of(organization)))
                .or(() -> lacking(own, joined, policies, LIFECYCLE));
    }

    private static Optional<String> lacking(
            List<HostedPeer> peers, JoinedChannel joined, EndorsementPolicies policies, String namespace) {
        ChannelConfig config = joined.config();
        Optional<Policy> policy = policies.of(joined, Requirement.of(namespace));
        if (policy.isEmpty()) {
            return Optional.of("a policy that can be read");
        }
        EndorsementPlan plan = EndorsementPlan.choose(peers, List.of(policy.get()), config);
        return plan.peers().isPresent() ? Optional.empty() : Optional.of(plan.missing());
    }

    private UnpackedProposal unpack(SignedProposal signed) throws ProposalException {
        if (signed.getProposalBytes().size() <= maxProposalBytes) {
            return UnpackedProposal.of(signed, maxProposalBytes);
        }
        UnpackedProposal large = UnpackedProposal.of(signed, Math.addExact(maxPackageBytes, BESIDES_A_PACKAGE));
        boolean ofPackages = large.channel().isEmpty() && large.chaincode().equals(LIFECYCLE);
        return ofPackages ? large : UnpackedProposal.of(signed, maxProposalBytes);
    }

    private static CompletionStage<EndorseException.Answer> judged(UnpackedProposal proposal, Reply reply) {
        if (reply.refusal().isPresent()) {
            return CompletableFuture.failedFuture(
                    Reply.refused(proposal, reply.refusal().get(), List.of(reply)));
        }
        return reply.unavailable()
                ? CompletableFuture.failedFuture(new EndorseException(
                        EndorseException.Kind.UNAVAILABLE, proposal.txId(), reply.words(), List.of(reply.answer())))
                : CompletableFuture.completedFuture(reply.answer());
    }

    private static <T> CompletionStage<T> failed(EndorseException.Kind kind, String message) {
        return CompletableFuture.failedFuture(new EndorseException(kind, new TxId(""), message, List.of()));
    }
}
