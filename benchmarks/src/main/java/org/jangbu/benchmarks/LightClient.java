package org.jangbu.benchmarks;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.CommitStatusResponse;
import org.hyperledger.fabric.protos.gateway.EndorseRequest;
import org.hyperledger.fabric.protos.gateway.EndorseResponse;
import org.hyperledger.fabric.protos.gateway.EvaluateRequest;
import org.hyperledger.fabric.protos.gateway.EvaluateResponse;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.SubmitRequest;
import org.hyperledger.fabric.protos.gateway.SubmitResponse;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.msp.client.Invocation;
import org.jangbu.msp.client.Proposals;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.LocalMsp;

/**
 * The calls that Fabric's clients make, over the same connection, with as little as possible around them: no thread waits, and keys are those of this
 * project's own provider. On a machine that client and server share it leaves the server more than a client for everybody can.
 */
final class LightClient implements Client {
    private static final long DEADLINE_SECONDS = 60;

    private final ManagedChannel connection;
    private final ChannelId channel;
    private final SigningIdentity user;
    private final Proposals proposals = new Proposals(Clock.systemUTC(), new SecureRandom());

    /** As {@link GatewayClient}. */
    LightClient(String address, String channelName, String mspId, Path user, Path peer) throws IOException {
        this.connection = GatewayClient.connect(address, peer);
        this.channel = new ChannelId(channelName);
        this.user = LocalMsp.signer(user.resolve("msp"), new MspId(mspId));
    }

    @Override
    public CompletableFuture<Answer> call(Workload.Call call) {
        Proposals.Signed signed = proposals.sign(
                user,
                channel,
                new ChaincodeName(call.chaincode()),
                new Invocation(
                        ByteString.copyFromUtf8(call.function()),
                        call.args().stream().map(ByteString::copyFromUtf8).toList(),
                        Map.of()));
        return call.submit() ? submit(signed) : evaluate(signed);
    }

    private CompletableFuture<Answer> evaluate(Proposals.Signed signed) {
        EvaluateRequest request = EvaluateRequest.newBuilder()
                .setChannelId(channel.value())
                .setTransactionId(signed.txId().value())
                .setProposedTransaction(signed.proposal())
                .build();
        return this.<EvaluateRequest, EvaluateResponse>ask(request, stub()::evaluate)
                .thenApply(response -> new Answer(true, "evaluated"));
    }

    private CompletableFuture<Answer> submit(Proposals.Signed signed) {
        String txId = signed.txId().value();
        EndorseRequest endorse = EndorseRequest.newBuilder()
                .setChannelId(channel.value())
                .setTransactionId(txId)
                .setProposedTransaction(signed.proposal())
                .build();
        return this.<EndorseRequest, EndorseResponse>ask(endorse, stub()::endorse)
                .thenCompose(endorsed -> this.<SubmitRequest, SubmitResponse>ask(
                        SubmitRequest.newBuilder()
                                .setChannelId(channel.value())
                                .setTransactionId(txId)
                                .setPreparedTransaction(signed(endorsed.getPreparedTransaction()))
                                .build(),
                        stub()::submit))
                .thenCompose(taken ->
                        this.<SignedCommitStatusRequest, CommitStatusResponse>ask(status(txId), stub()::commitStatus))
                .thenApply(status -> new Answer(
                        status.getResult() == TxValidationCode.VALID,
                        status.getResult().name()));
    }

    private Envelope signed(Envelope prepared) {
        return prepared.toBuilder()
                .setSignature(user.sign(prepared.getPayload()))
                .build();
    }

    private SignedCommitStatusRequest status(String txId) {
        ByteString request = CommitStatusRequest.newBuilder()
                .setChannelId(channel.value())
                .setTransactionId(txId)
                .setIdentity(user.serialized())
                .build()
                .toByteString();
        return SignedCommitStatusRequest.newBuilder()
                .setRequest(request)
                .setSignature(user.sign(request))
                .build();
    }

    private GatewayGrpc.GatewayStub stub() {
        return GatewayGrpc.newStub(connection).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private <Q, A> CompletableFuture<A> ask(Q request, BiConsumer<Q, StreamObserver<A>> method) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        method.accept(request, new StreamObserver<>() {
            @Override
            public void onNext(A value) {
                answer.complete(value);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                // the one answer is all there is
            }
        });
        return answer;
    }

    @Override
    public void close() {
        connection.shutdownNow();
    }
}
