package org.jangbu.peer.gateway;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jangbu.peer.endorse.UnpackedProposal;

/**
 * What was replied to one proposal, and what it comes to.
 *
 * @param replies all so far
 * @param plan the peers whose endorsements make the transaction; none where it cannot be made
 */
record EndorsementRound(List<Reply> replies, List<EndorsingPeer> plan) {
    static EndorsementRound inVain(List<Reply> replies) {
        return new EndorsementRound(replies, List.of());
    }

    private boolean satisfied() {
        return !plan.isEmpty();
    }

    /** What keeps these replies from making a transaction; not a peer's own matter where others have stepped in. */
    Optional<EndorseException> problem(UnpackedProposal proposal) {
        for (Reply reply : replies) {
            if (reply.refusal().isPresent()) {
                return Optional.of(Reply.refused(proposal, reply.refusal().get(), replies));
            }
        }
        Optional<Reply> refusing = firstOf(replies, reply -> reply.refuses() && !reply.leavesItToOthers(proposal))
                .or(() -> satisfied() ? Optional.empty() : firstOf(replies, Reply::refuses));
        if (refusing.isPresent()) {
            return Optional.of(new EndorseException(
                    EndorseException.Kind.CHAINCODE,
                    proposal.txId(),
                    refusing.get().words(),
                    Reply.answers(replies)));
        }
        if (replies.stream().noneMatch(Reply::endorsed)) {
            return Optional.of(new EndorseException(
                    EndorseException.Kind.UNAVAILABLE,
                    proposal.txId(),
                    replies.get(0).words(),
                    Reply.answers(replies)));
        }
        boolean agree = replies.stream()
                        .filter(Reply::endorsed)
                        .map(reply -> reply.response().getPayload())
                        .distinct()
                        .count()
                == 1;
        return agree
                ? Optional.empty()
                : Optional.of(new EndorseException(
                        EndorseException.Kind.MISMATCH,
                        proposal.txId(),
                        "failed to collect enough transaction endorsements: ProposalResponsePayloads do not match",
                        Reply.answers(replies)));
    }

    private static Optional<Reply> firstOf(List<Reply> replies, Predicate<Reply> kind) {
        return replies.stream().filter(kind).findFirst();
    }

    /** Whoever was asked in vain before, or is needed no more, stays out: the order and number of endorsements decide a verdict. */
    Gateway.PreparedTransaction prepared(UnpackedProposal proposal) {
        List<Reply> endorsed = plan.stream()
                .flatMap(peer -> replies.stream()
                        .filter(reply -> reply.endorsed() && reply.peer().equals(peer)))
                .toList();
        return new Gateway.PreparedTransaction(
                TransactionAssembly.envelope(
                        proposal, endorsed.stream().map(Reply::response).toList()),
                Reply.answers(endorsed));
    }
}
