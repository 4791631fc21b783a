package org.jangbu.web.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guard before a service that keeps its callers waiting, throws, or answers at length, over a real connection. */
class CallGuardTest {
    private static final int MOST_CALLS = 4;
    private static final int MOST_BYTES = 4 << 20;

    private final CallGuard guard = new CallGuard(MOST_CALLS, MOST_BYTES);
    private final BlockingQueue<StreamObserver<ProposalResponse>> waiting = new LinkedBlockingQueue<>();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .maxInboundMessageSize(16 << 20)
                .addService(new EndorserGrpc.EndorserImplBase() {
                    @Override
                    public void processProposal(SignedProposal proposal, StreamObserver<ProposalResponse> out) {
                        act(proposal.getSignature().toStringUtf8(), out);
                    }
                });
        guard.on(builder);
        server = builder.build().start();
        channel = NettyChannelBuilder.forAddress(server.getListenSockets().get(0))
                .usePlaintext()
                .maxInboundMessageSize(16 << 20)
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    private void act(String what, StreamObserver<ProposalResponse> out) {
        switch (what) {
            case "wait" -> {
                ((ServerCallStreamObserver<?>) out).setOnCancelHandler(() -> {});
                waiting.add(out);
            }
            case "refuse" -> throw GrpcFailure.of(Status.Code.NOT_FOUND, "not here");
            case "throw" -> throw new IllegalStateException("a secret of the server's own");
            case "much" -> {
                out.onNext(ProposalResponse.newBuilder()
                        .setPayload(ByteString.copyFrom(new byte[MOST_BYTES]))
                        .build());
                out.onCompleted();
            }
            default -> {
                out.onNext(ProposalResponse.getDefaultInstance());
                out.onCompleted();
            }
        }
    }

    @Test
    void calls_beyond_the_bound_are_refused_and_the_others_go_on() throws Exception {
        List<ListenableFuture<ProposalResponse>> calls = new ArrayList<>();
        for (int i = 0; i < MOST_CALLS; i++) {
            calls.add(EndorserGrpc.newFutureStub(channel).processProposal(message("wait", 10)));
        }
        List<StreamObserver<ProposalResponse>> held = new ArrayList<>();
        for (int i = 0; i < MOST_CALLS; i++) {
            held.add(waiting.poll(20, TimeUnit.SECONDS));
        }
        assertThat(failure("answer").getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        for (StreamObserver<ProposalResponse> out : held) {
            out.onNext(ProposalResponse.getDefaultInstance());
            out.onCompleted();
        }
        for (ListenableFuture<ProposalResponse> call : calls) {
            assertThat(call.get(20, TimeUnit.SECONDS)).isNotNull();
        }
        assertAllIsGivenBack();
        assertThat(EndorserGrpc.newBlockingStub(channel).processProposal(message("answer", 1)))
                .isNotNull();
    }

    @Test
    void messages_beyond_the_memory_are_refused_and_those_that_are_held_stay() throws Exception {
        ListenableFuture<ProposalResponse> large =
                EndorserGrpc.newFutureStub(channel).processProposal(message("wait", MOST_BYTES * 3 / 4));
        StreamObserver<ProposalResponse> held = waiting.poll(20, TimeUnit.SECONDS);
        StatusRuntimeException refused = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> EndorserGrpc.newBlockingStub(channel).processProposal(message("answer", MOST_BYTES / 2)));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        held.onNext(ProposalResponse.getDefaultInstance());
        held.onCompleted();
        assertThat(large.get(20, TimeUnit.SECONDS)).isNotNull();
        assertAllIsGivenBack();
        assertThat(EndorserGrpc.newBlockingStub(channel).processProposal(message("answer", MOST_BYTES / 2)))
                .isNotNull();
    }

    @Test
    void what_is_refused_keeps_nobody_else_from_being_answered() {
        CallBudget budget = new CallBudget(2, 100);
        CallBudget.Share held = (CallBudget.Share) budget.newServerStreamTracer("held", new Metadata());
        CallBudget.Share refused = (CallBudget.Share) budget.newServerStreamTracer("refused", new Metadata());
        held.inboundWireSize(75);
        refused.inboundWireSize(50);
        assertThat(held.send(10)).isTrue();
        assertThat(held.send(20)).isFalse();
        refused.streamClosed(Status.RESOURCE_EXHAUSTED);
        held.streamClosed(Status.OK);
        assertThat(budget.bytes()).isZero();
        assertThat(budget.calls()).isZero();
    }

    @Test
    void what_has_come_of_the_next_message_stays_counted_when_one_is_done() {
        CallBudget budget = new CallBudget(1, 1_000);
        CallBudget.Share share = (CallBudget.Share) budget.newServerStreamTracer("stream", new Metadata());
        share.inboundWireSize(10);
        share.inboundMessageRead(0, 10, 5);
        share.inboundWireSize(60);
        share.inboundWireSize(30);
        share.inboundDone();
        assertThat(budget.bytes()).isEqualTo(90);
        share.inboundMessageRead(1, 90, 90);
        share.inboundDone();
        assertThat(budget.bytes()).isZero();
        share.inboundWireSize(7);
        share.inboundMessageRead(2, 7, 7);
        share.streamClosed(Status.CANCELLED);
        share.inboundDone();
        assertThat(budget.bytes()).isZero();
    }

    @Test
    void an_answer_for_which_there_is_no_memory_is_refused() {
        assertThat(failure("much").getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void whoever_leaves_gives_everything_back() throws Exception {
        ListenableFuture<ProposalResponse> call =
                EndorserGrpc.newFutureStub(channel).processProposal(message("wait", 1000));
        assertThat(waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(guard.budget().bytes()).isGreaterThan(1000);
        call.cancel(true);
        assertAllIsGivenBack();
    }

    /** A client may have its answer before the server is done with the call. */
    private void assertAllIsGivenBack() {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (guard.budget().calls() > 0 && System.nanoTime() < limit) {
            Thread.onSpinWait();
        }
        assertThat(guard.budget().calls()).isZero();
        assertThat(guard.budget().bytes()).isZero();
    }

    @Test
    void what_a_service_refuses_is_told_and_what_it_did_not_foresee_is_not() throws Exception {
        assertThat(failure("refuse").getDescription()).isEqualTo("not here");
        Status unforeseen = failure("throw");
        assertThat(unforeseen.getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(unforeseen.getDescription()).startsWith("internal error").doesNotContain("secret");
    }

    private Status failure(String what) {
        ListenableFuture<ProposalResponse> call =
                EndorserGrpc.newFutureStub(channel).processProposal(message(what, 1));
        ExecutionException failure =
                catchThrowableOfType(ExecutionException.class, () -> call.get(20, TimeUnit.SECONDS));
        return Status.fromThrowable(failure);
    }

    private static SignedProposal message(String what, int size) {
        return SignedProposal.newBuilder()
                .setSignature(ByteString.copyFromUtf8(what))
                .setProposalBytes(ByteString.copyFrom(new byte[size]))
                .build();
    }
}
