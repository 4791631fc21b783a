package org.jangbu.web.grpc;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.TxId;
import org.jangbu.peer.gateway.BroadcastException;
import org.jangbu.peer.gateway.EndorseException;
import org.jangbu.peer.gateway.EndorseException.Answer;
import org.jangbu.peer.gateway.EndorseException.Kind;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.peer.gateway.Routing;

/** A core that fails as it is told. */
final class FailingGateway implements Gateway {
    EndorseException failure = failed(Kind.UNSATISFIED);
    BroadcastException refusal = new BroadcastException(Status.BAD_REQUEST, "");
    String words = "";
    boolean serves = true;

    private <T> CompletionStage<T> fails() {
        return CompletableFuture.failedFuture(
                words.isEmpty()
                        ? failure
                        : new EndorseException(failure.kind(), failure.txId(), words, failure.answers()));
    }

    @Override
    public CompletionStage<ProposalResponse> evaluate(SignedProposal proposal, Routing routing) {
        return fails();
    }

    @Override
    public CompletionStage<PreparedTransaction> endorse(SignedProposal proposal, Routing routing) {
        return fails();
    }

    @Override
    public CompletionStage<List<Answer>> endorseByAll(SignedProposal proposal) {
        return fails();
    }

    @Override
    public CompletionStage<Void> submit(ChannelId channel, ByteString envelope) {
        return CompletableFuture.failedFuture(refusal);
    }

    @Override
    public CompletionStage<Optional<CommitStatus>> commitStatus(
            ChannelId channel, TxId txId, Duration limit, CompletionStage<?> abandoned) {
        return fails();
    }

    @Override
    public boolean serves(ChannelId channel) {
        return serves;
    }

    static EndorseException failed(Kind kind, Answer... answers) {
        return new EndorseException(
                kind, new TxId("00"), answers.length == 0 ? "" : answers[answers.length - 1].words(), List.of(answers));
    }

    static Answer answer(int organization, int status, String message) {
        return new Answer(
                new NodeName("peer0.org" + organization + ".example.com"),
                new MspId("Org" + organization + "MSP"),
                ProposalResponse.newBuilder()
                        .setResponse(Response.newBuilder().setStatus(status).setMessage(message))
                        .build());
    }

    static Answer endorsed(int organization, String payload) {
        Answer refused = answer(organization, 200, "");
        return new Answer(
                refused.node(),
                refused.mspId(),
                refused.response().toBuilder()
                        .setPayload(ByteString.copyFromUtf8(payload))
                        .setEndorsement(Endorsement.newBuilder().setEndorser(ByteString.copyFromUtf8("somebody")))
                        .build());
    }
}
