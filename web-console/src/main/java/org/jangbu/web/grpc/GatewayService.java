package org.jangbu.web.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsResponse;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.CommitStatusResponse;
import org.hyperledger.fabric.protos.gateway.EndorseRequest;
import org.hyperledger.fabric.protos.gateway.EndorseResponse;
import org.hyperledger.fabric.protos.gateway.EvaluateRequest;
import org.hyperledger.fabric.protos.gateway.EvaluateResponse;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedChaincodeEventsRequest;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SubmitRequest;
import org.hyperledger.fabric.protos.gateway.SubmitResponse;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Response;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.model.ChannelId;
import org.jangbu.model.Quoted;
import org.jangbu.model.TxId;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.TransactionIds;
import org.jangbu.peer.event.ChaincodeEventCursor;
import org.jangbu.peer.event.FollowedChain;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.peer.gateway.Routing;

/** {@code gateway.Gateway} at the door of one peer. No thread waits for anything; a call that its client gives up gives its place free. */
final class GatewayService extends GatewayGrpc.GatewayImplBase {
    /** For clients that name no deadline. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final PeerPlace place;
    private final Gateway gateway;
    private final GatewayFailures failures;
    private final Executor executor;

    GatewayService(PeerPlace place, Gateway gateway, Executor executor) {
        this.executor = executor;
        this.place = place;
        this.gateway = gateway;
        this.failures = new GatewayFailures(place.addresses());
    }

    @Override
    public void evaluate(EvaluateRequest request, StreamObserver<EvaluateResponse> out) {
        Unary.abandonment(out);
        if (request.getProposedTransaction().getProposalBytes().isEmpty()) {
            throw invalid("failed to unpack transaction proposal: a signed proposal is required");
        }
        ProposalParts parts;
        try {
            parts = ProposalParts.of(request.getProposedTransaction());
        } catch (InvalidProtocolBufferException e) {
            throw invalid("failed to unpack transaction proposal: " + e.getMessage());
        }
        requireChannel(parts.channel(), Code.UNAVAILABLE);
        Routing routing = Routing.by(place.mspId(), request.getTargetOrganizationsList());
        CompletionStage<EvaluateResponse> answer = gateway.evaluate(request.getProposedTransaction(), routing)
                .thenApply(response -> EvaluateResponse.newBuilder()
                        .setResult(result(response))
                        .build());
        Unary.answer(out, "Evaluate", answer, failures::ofEvaluate);
    }

    @Override
    public void endorse(EndorseRequest request, StreamObserver<EndorseResponse> out) {
        Unary.abandonment(out);
        if (request.getProposedTransaction().getProposalBytes().isEmpty()) {
            throw invalid("the proposed transaction must contain a signed proposal");
        }
        ProposalParts parts;
        try {
            parts = ProposalParts.of(request.getProposedTransaction());
        } catch (InvalidProtocolBufferException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
        boolean chosen = request.getEndorsingOrganizationsCount() > 0;
        requireChannel(parts.channel(), chosen ? Code.UNAVAILABLE : Code.FAILED_PRECONDITION);
        Routing routing = Routing.by(place.mspId(), request.getEndorsingOrganizationsList());
        CompletionStage<EndorseResponse> answer = gateway.endorse(request.getProposedTransaction(), routing)
                .thenApply(prepared -> EndorseResponse.newBuilder()
                        .setPreparedTransaction(prepared.envelope())
                        .build());
        Unary.answer(out, "Endorse", answer, failure -> failures.ofEndorse(failure, chosen));
    }

    @Override
    public void submit(SubmitRequest request, StreamObserver<SubmitResponse> out) {
        Unary.abandonment(out);
        if (!request.hasPreparedTransaction()) {
            throw invalid("a prepared transaction is required");
        }
        if (request.getPreparedTransaction().getSignature().isEmpty()) {
            throw invalid("prepared transaction must be signed");
        }
        requireChannel(request.getChannelId(), Code.FAILED_PRECONDITION);
        ByteString envelope = request.getPreparedTransaction().toByteString();
        CompletionStage<SubmitResponse> answer = gateway.submit(new ChannelId(request.getChannelId()), envelope)
                .thenApply(accepted -> SubmitResponse.getDefaultInstance());
        Unary.answer(
                out,
                "Submit",
                answer,
                failure -> failures.ofSubmit(failure, message -> place.orderer(request.getChannelId(), message)));
    }

    @Override
    public void commitStatus(SignedCommitStatusRequest signed, StreamObserver<CommitStatusResponse> out) {
        CompletionStage<Void> abandoned = Unary.abandonment(out);
        CommitStatusRequest request = commitStatusRequest(signed);
        String channel = request.getChannelId();
        place.requireMay(
                channel, "gateway/CommitStatus", signed.getRequest(), request.getIdentity(), signed.getSignature());
        CompletionStage<CommitStatusResponse> answer = gateway.commitStatus(
                        new ChannelId(channel), new TxId(request.getTransactionId()), limit(), abandoned)
                .thenApply(status -> status.map(known -> CommitStatusResponse.newBuilder()
                                .setResult(known.code())
                                .setBlockNumber(known.blockNumber())
                                .build())
                        .orElseThrow(() -> GrpcFailure.of(
                                Code.DEADLINE_EXCEEDED, "the transaction was not committed within the time given")));
        Unary.answer(out, "CommitStatus", answer, failures::ofCommitStatus);
    }

    @Override
    public void chaincodeEvents(SignedChaincodeEventsRequest signed, StreamObserver<ChaincodeEventsResponse> out) {
        ChaincodeEventsRequest request = chaincodeEventsRequest(signed);
        String channel = request.getChannelId();
        Runnable mayRead = () -> place.requireMay(
                channel, "gateway/ChaincodeEvents", signed.getRequest(), request.getIdentity(), signed.getSignature());
        mayRead.run();
        JoinedChannel joined = place.door()
                .channel(channel)
                .orElseThrow(() -> GrpcFailure.of(Code.NOT_FOUND, "channel '" + Quoted.brief(channel) + "' not found"));
        FollowedChain chain = place.door().chain(channel).orElseThrow();
        Optional<TxId> after = Optional.of(new TxId(request.getAfterTransactionId()))
                .filter(TransactionIds::isWellFormed)
                .filter(txId -> joined.ledger().transactions().find(txId).isPresent());
        long start = after.flatMap(txId -> joined.ledger().transactions().find(txId))
                .map(TransactionIndex.Entry::block)
                .orElseGet(() -> start(request.getStartPosition(), chain.height()));
        ChaincodeEventStream.begin(
                out, new ChaincodeEventCursor(chain, request.getChaincodeId(), start, after), mayRead, executor);
    }

    private static long start(SeekPosition position, long height) {
        return switch (position.getTypeCase()) {
            case TYPE_NOT_SET, NEXT_COMMIT -> height;
            case SPECIFIED -> position.getSpecified().getNumber();
            // The words are Fabric's, which name its own types.
            case OLDEST -> throw invalid("invalid start position type: *orderer.SeekPosition_Oldest");
            case NEWEST -> throw invalid("invalid start position type: *orderer.SeekPosition_Newest");
        };
    }

    private static ChaincodeEventsRequest chaincodeEventsRequest(SignedChaincodeEventsRequest signed) {
        if (signed.getRequest().isEmpty()) {
            throw invalid("a chaincode events request is required");
        }
        try {
            return ChaincodeEventsRequest.parseFrom(signed.getRequest());
        } catch (InvalidProtocolBufferException e) {
            throw invalid("invalid chaincode events request: " + e.getMessage());
        }
    }

    private static CommitStatusRequest commitStatusRequest(SignedCommitStatusRequest signed) {
        if (signed.getRequest().isEmpty()) {
            throw invalid("a commit status request is required");
        }
        CommitStatusRequest request;
        try {
            request = CommitStatusRequest.parseFrom(signed.getRequest());
        } catch (InvalidProtocolBufferException e) {
            throw invalid("invalid status request: " + e.getMessage());
        }
        if (request.getIdentity().isEmpty()) {
            throw invalid("no identity provided");
        }
        if (request.getChannelId().isEmpty()) {
            throw invalid("no channel ID provided");
        }
        if (request.getTransactionId().isEmpty()) {
            throw invalid("transaction ID should not be empty");
        }
        return request;
    }

    private void requireChannel(String channel, Code otherwise) {
        place.door();
        if (!ChannelId.isValid(channel) || !gateway.serves(new ChannelId(channel))) {
            throw GrpcFailure.of(otherwise, "channel '" + Quoted.brief(channel) + "' not found");
        }
    }

    /** The client's deadline; gRPC itself ends the call then, this only frees the place. */
    private static Duration limit() {
        return Optional.ofNullable(Context.current().getDeadline())
                .map(GatewayService::remaining)
                .filter(left -> left.compareTo(LONGEST_WAIT) < 0)
                .orElse(LONGEST_WAIT);
    }

    private static Duration remaining(Deadline deadline) {
        return Duration.ofNanos(Math.max(1, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
    }

    /** What the chaincode returned; the signed payload says it, whatever the response beside it says. */
    private static Response result(ProposalResponse response) {
        try {
            ByteString payload = ChaincodeAction.parseFrom(ProposalResponsePayload.parseFrom(response.getPayload())
                            .getExtension())
                    .getResponse()
                    .getPayload();
            return response.getResponse().toBuilder().setPayload(payload).build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a peer's answer cannot be read", e);
        }
    }

    private static StatusRuntimeException invalid(String message) {
        return GrpcFailure.of(Code.INVALID_ARGUMENT, message);
    }
}
