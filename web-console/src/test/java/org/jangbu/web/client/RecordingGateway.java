package org.jangbu.web.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.Proposal;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.TxId;
import org.jangbu.peer.gateway.BroadcastException;
import org.jangbu.peer.gateway.EndorseException.Answer;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.peer.gateway.Routing;

/** A gateway that gives the answers it was told and keeps what it was handed. */
final class RecordingGateway implements Gateway {
    List<Answer> answers = List.of();
    Optional<BroadcastException> refusal = Optional.empty();
    Optional<SignedProposal> proposed = Optional.empty();
    Optional<ByteString> submitted = Optional.empty();

    static Answer answer(String node, String result) {
        Response response = Response.newBuilder()
                .setStatus(200)
                .setPayload(ByteString.copyFromUtf8(result))
                .build();
        ByteString payload = ProposalResponsePayload.newBuilder()
                .setExtension(ChaincodeAction.newBuilder()
                        .setResponse(response)
                        .build()
                        .toByteString())
                .build()
                .toByteString();
        return new Answer(
                new NodeName(node),
                new MspId("Org1MSP"),
                ProposalResponse.newBuilder()
                        .setResponse(response)
                        .setPayload(payload)
                        .setEndorsement(Endorsement.newBuilder().setEndorser(ByteString.copyFromUtf8(node)))
                        .build());
    }

    static Envelope envelope(SignedProposal proposal, List<Answer> answers) throws InvalidProtocolBufferException {
        if (!answers.isEmpty()) {
            return Transactions.prepare(proposal, answers);
        }
        Header header =
                Header.parseFrom(Proposal.parseFrom(proposal.getProposalBytes()).getHeader());
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder().setHeader(header).build().toByteString())
                .build();
    }

    @Override
    public CompletionStage<ProposalResponse> evaluate(SignedProposal proposal, Routing routing) {
        return CompletableFuture.completedStage(answers.get(0).response());
    }

    @Override
    public CompletionStage<PreparedTransaction> endorse(SignedProposal proposal, Routing routing) {
        proposed = Optional.of(proposal);
        try {
            return CompletableFuture.completedStage(new PreparedTransaction(envelope(proposal, answers), answers));
        } catch (InvalidProtocolBufferException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CompletionStage<List<Answer>> endorseByAll(SignedProposal proposal) {
        return CompletableFuture.completedStage(answers);
    }

    @Override
    public CompletionStage<Void> submit(ChannelId channel, ByteString envelope) {
        submitted = Optional.of(envelope);
        return refusal.<CompletionStage<Void>>map(CompletableFuture::failedStage)
                .orElseGet(() -> CompletableFuture.completedStage(null));
    }

    @Override
    public CompletionStage<Optional<CommitStatus>> commitStatus(
            ChannelId channel, TxId txId, Duration limit, CompletionStage<?> abandoned) {
        return CompletableFuture.completedStage(Optional.of(new CommitStatus(txId, TxValidationCode.VALID, 7)));
    }

    @Override
    public boolean serves(ChannelId channel) {
        return true;
    }
}
