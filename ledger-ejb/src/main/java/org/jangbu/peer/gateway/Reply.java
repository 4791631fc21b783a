package org.jangbu.peer.gateway;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.ProposalException;
import org.jangbu.peer.endorse.UnpackedProposal;
import org.jspecify.annotations.Nullable;

/**
 * What a peer replied to a question.
 *
 * @param height at which its answer is true
 * @param refusal why it refused the proposal, if it did; the response then says the same
 */
record Reply(EndorsingPeer peer, ProposalResponse response, long height, Optional<ProposalException> refusal) {

    static Reply of(EndorsingPeer peer, Endorser.@Nullable Answer given, @Nullable Throwable failure) {
        if (given != null) {
            return new Reply(peer, given.response(), given.height(), Optional.empty());
        }
        Throwable cause = failure == null ? null : cause(failure);
        if (cause instanceof ProposalException refusal) {
            return new Reply(
                    peer, Endorser.Answer.failure(500, refusal.getMessage()).response(), 0, Optional.of(refusal));
        }
        return new Reply(
                peer,
                Endorser.Answer.failure(503, "peer " + peer.name() + " gave no answer")
                        .response(),
                0,
                Optional.empty());
    }

    /** Whether the peer endorsed. */
    boolean endorsed() {
        return response.hasEndorsement();
    }

    /** Whether another peer, or the same one later, may do better. */
    boolean unavailable() {
        return !endorsed()
                && response.getPayload().isEmpty()
                && (response.getResponse().getStatus() == 503
                        || response.getResponse().getStatus() == EndorseException.Answer.LATE);
    }

    EndorseException.Answer answer() {
        return new EndorseException.Answer(peer.name(), peer.mspId(), response, peer.address());
    }

    static List<EndorseException.Answer> answers(List<Reply> replies) {
        return replies.stream().map(Reply::answer).toList();
    }

    /** All answers; fails only where every peer refused the proposal itself. */
    static CompletionStage<List<EndorseException.Answer>> answersOf(UnpackedProposal proposal, List<Reply> replies) {
        Optional<ProposalException> refusal = replies.get(0).refusal();
        if (refusal.isPresent() && replies.stream().allMatch(r -> r.refusal().isPresent())) {
            return CompletableFuture.failedFuture(refused(proposal, refusal.get(), replies));
        }
        return CompletableFuture.completedFuture(answers(replies));
    }

    /** The failure that a refused proposal is to the caller. */
    static EndorseException refused(UnpackedProposal proposal, ProposalException refusal, List<Reply> replies) {
        EndorseException.Kind kind = switch (refusal.reason()) {
            case MALFORMED -> EndorseException.Kind.MALFORMED;
            case FORBIDDEN -> EndorseException.Kind.FORBIDDEN;
            case DUPLICATE -> EndorseException.Kind.DUPLICATE;
        };
        return new EndorseException(kind, proposal.txId(), refusal.getMessage(), answers(replies));
    }

    String words() {
        return answer().words();
    }

    /** Whether the peer itself failed, so that another may do better: an answer of 500 that is not the chaincode's. */
    boolean failed() {
        return refusal.isEmpty()
                && !endorsed()
                && response.getPayload().isEmpty()
                && response.getResponse().getStatus() == 500;
    }

    /** Whether it has the chaincode's answer, or a refusal of the proposal, and no endorsement. */
    boolean refuses() {
        return !endorsed() && !unavailable();
    }

    /** Whether what keeps this peer from endorsing is its own matter, and not what the contract says or the proposal is. */
    boolean leavesItToOthers(UnpackedProposal proposal) {
        return failed()
                // Nobody has signed what it says: it may keep its own endorsement back, and no more.
                || !peer.hosted()
                || (OwnOrganization.eachForItself(proposal) && refusal.isEmpty());
    }

    /** What really went wrong in an asynchronous step. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
