package org.jangbu.peer.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.jangbu.peer.endorse.UnpackedProposal;

/** Asks one peer after the other until one can answer. */
record Evaluation(Questions questions, UnpackedProposal proposal, List<? extends EndorsingPeer> peers) {

    CompletionStage<ProposalResponse> run() {
        return ask(0, List.of());
    }

    private CompletionStage<ProposalResponse> ask(int index, List<Reply> before) {
        return questions.ask(proposal, peers.get(index)).thenCompose(reply -> {
            List<Reply> replies = new ArrayList<>(before);
            replies.add(reply);
            boolean another = index + 1 < peers.size();
            if (another && (reply.unavailable() || (reply.failed() && concernsChannel()))) {
                return ask(index + 1, replies);
            }
            return judge(reply, replies);
        });
    }

    /** What concerns no channel is a matter of one node, and may have changed something there. */
    private boolean concernsChannel() {
        return !proposal.channel().isEmpty();
    }

    private CompletionStage<ProposalResponse> judge(Reply reply, List<Reply> replies) {
        if (reply.refusal().isPresent()) {
            return CompletableFuture.failedFuture(
                    Reply.refused(proposal, reply.refusal().get(), replies));
        }
        if (reply.response().getResponse().getStatus() < 400) {
            return CompletableFuture.completedFuture(reply.response());
        }
        EndorseException.Kind kind =
                reply.unavailable() ? EndorseException.Kind.UNAVAILABLE : EndorseException.Kind.CHAINCODE;
        return CompletableFuture.failedFuture(
                new EndorseException(kind, proposal.txId(), reply.words(), Reply.answers(replies)));
    }
}
