package org.jangbu.web.grpc;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.peer.deliver.SerialTask;
import org.jangbu.peer.gateway.BroadcastException;
import org.jangbu.web.problem.Failures;

/**
 * One stream of Broadcast: envelopes are let in as they come, a bounded number of them unanswered, and answered in their order. An envelope that is
 * refused ends nothing but itself.
 */
final class BroadcastStream implements StreamObserver<Envelope> {
    /** Envelopes of one stream that may wait for the broker at once. */
    private static final int UNANSWERED = 32;

    private final ServerCallStreamObserver<BroadcastResponse> out;
    private final Door door;
    private final SerialTask task;
    private final Deque<CompletableFuture<BroadcastResponse>> waiting = new ArrayDeque<>();
    private boolean clientDone;
    private boolean ended;

    /** Takes an envelope of the channel that it names. */
    @FunctionalInterface
    interface Door {
        CompletionStage<Void> broadcast(String channel, ByteString envelope);
    }

    private BroadcastStream(ServerCallStreamObserver<BroadcastResponse> out, Door door, Executor executor) {
        this.out = out;
        this.door = door;
        this.task = new SerialTask(executor, this::work, this::overloaded);
    }

    /** Begins a stream; to be called by the service method. */
    static StreamObserver<Envelope> begin(StreamObserver<BroadcastResponse> out, Door door, Executor executor) {
        ServerCallStreamObserver<BroadcastResponse> call = (ServerCallStreamObserver<BroadcastResponse>) out;
        BroadcastStream stream = new BroadcastStream(call, door, executor);
        call.disableAutoRequest();
        call.setOnReadyHandler(stream.task::wake);
        call.setOnCancelHandler(stream::end);
        call.request(UNANSWERED);
        return stream;
    }

    @Override
    public void onNext(Envelope envelope) {
        CompletableFuture<BroadcastResponse> answer =
                admit(envelope).handle((taken, failure) -> answer(failure)).toCompletableFuture();
        synchronized (this) {
            waiting.add(answer);
        }
        CompletionStage<BroadcastResponse> told = answer;
        told.whenComplete((value, failure) -> task.wake());
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onCompleted() {
        synchronized (this) {
            clientDone = true;
        }
        task.wake();
    }

    private CompletionStage<Void> admit(Envelope envelope) {
        ByteString bytes = envelope.toByteString();
        try {
            return door.broadcast(ParsedEnvelope.parse(bytes).channelHeader().getChannelId(), bytes);
        } catch (MalformedEnvelopeException e) {
            return CompletableFuture.failedFuture(
                    new BroadcastException(Status.BAD_REQUEST, "not an envelope: " + e.getMessage(), e));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static BroadcastResponse answer(@org.jspecify.annotations.Nullable Throwable failure) {
        if (failure == null) {
            return BroadcastResponse.newBuilder().setStatus(Status.SUCCESS).build();
        }
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof BroadcastException refused) {
            return BroadcastResponse.newBuilder()
                    .setStatus(refused.status())
                    .setInfo(String.valueOf(refused.getMessage()))
                    .build();
        }
        return BroadcastResponse.newBuilder()
                .setStatus(Status.INTERNAL_SERVER_ERROR)
                .setInfo(String.valueOf(
                        Unary.unforeseen("Broadcast", cause).getStatus().getDescription()))
                .build();
    }

    private synchronized void work() {
        while (!ended && out.isReady()) {
            CompletableFuture<BroadcastResponse> first = waiting.peek();
            if (first == null || !first.isDone()) {
                break;
            }
            waiting.remove();
            out.onNext(first.join());
            out.request(1);
        }
        if (!ended && clientDone && waiting.isEmpty()) {
            end();
            out.onCompleted();
        }
    }

    private synchronized void end() {
        ended = true;
        waiting.clear();
    }

    /** The pool has no room. What was let in stays let in, as the client must expect of a connection that breaks. */
    private void overloaded() {
        boolean first;
        synchronized (this) {
            first = !ended;
            end();
        }
        if (first) {
            out.onError(
                    GrpcFailure.of(io.grpc.Status.Code.UNAVAILABLE, "this server has too much to do; try again later"));
        }
    }
}
