package org.jangbu.peer.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.jangbu.peer.endorse.UnpackedProposal;

/** Asks one peer after the other until one can answer. */
record Evaluation(Questions questions, UnpackedProposal proposal, List<HostedPeer> peers) {

    CompletionStage<ProposalResponse> run() {
        return ask(0);
    }

    private CompletionStage<ProposalResponse> ask(int index) {
        return questions.ask(proposal, peers.get(index)).thenCompose(reply -> {
            if (reply.unavailable() && index + 1 < peers.size()) {
                return ask(index + 1);
            }
            return judge(reply);
        });
    }

    private CompletionStage<ProposalResponse> judge(Reply reply) {
        if (reply.refusal().isPresent()) {
            return CompletableFuture.failedFuture(
                    Reply.refused(proposal, reply.refusal().get(), List.of(reply)));
        }
        if (reply.response().getResponse().getStatus() < 400) {
            return CompletableFuture.completedFuture(reply.response());
        }
        EndorseException.Kind kind =
                reply.unavailable() ? EndorseException.Kind.UNAVAILABLE : EndorseException.Kind.CHAINCODE;
        return CompletableFuture.failedFuture(
                new EndorseException(kind, proposal.txId(), reply.words(), List.of(reply.answer())));
    }
}
