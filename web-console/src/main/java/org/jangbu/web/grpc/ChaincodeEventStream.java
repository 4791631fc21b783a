package org.jangbu.web.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.hyperledger.fabric.protos.gateway.ChaincodeEventsResponse;
import org.jangbu.ledger.block.Growth;
import org.jangbu.peer.deliver.SerialTask;
import org.jangbu.peer.event.ChaincodeEventCursor;
import org.jspecify.annotations.Nullable;

/** One stream of a chaincode's events: one message for each block that has some, read when the client has room for it. */
final class ChaincodeEventStream {
    private static final int TURN = 64;

    private final ServerCallStreamObserver<ChaincodeEventsResponse> out;
    private final ChaincodeEventCursor cursor;
    private final Runnable stillAllowed;
    private final SerialTask task;
    private Growth.@Nullable Registration following;
    private boolean ended;

    private ChaincodeEventStream(
            ServerCallStreamObserver<ChaincodeEventsResponse> out,
            ChaincodeEventCursor cursor,
            Runnable stillAllowed,
            Executor executor) {
        this.out = out;
        this.cursor = cursor;
        this.stillAllowed = stillAllowed;
        this.task = new SerialTask(executor, this::work, this::overloaded);
    }

    /**
     * Begins a stream; to be called by the service method.
     *
     * @param stillAllowed asked before each message; throws the status for a client that may not go on
     */
    static void begin(
            StreamObserver<ChaincodeEventsResponse> out,
            ChaincodeEventCursor cursor,
            Runnable stillAllowed,
            Executor executor) {
        ServerCallStreamObserver<ChaincodeEventsResponse> call =
                (ServerCallStreamObserver<ChaincodeEventsResponse>) out;
        ChaincodeEventStream stream = new ChaincodeEventStream(call, cursor, stillAllowed, executor);
        call.setOnReadyHandler(stream.task::wake);
        call.setOnCancelHandler(stream::end);
        call.setOnCloseHandler(stream::end);
        stream.follow();
        stream.task.wake();
    }

    private synchronized void follow() {
        following = cursor.follow(task::wake);
    }

    private synchronized void work() {
        try {
            for (int turn = 0; turn < TURN; turn++) {
                if (ended || !out.isReady()) {
                    return;
                }
                Optional<ChaincodeEventCursor.Seen> seen = cursor.poll();
                if (seen.isEmpty()) {
                    return;
                }
                if (!seen.get().events().isEmpty()) {
                    stillAllowed.run();
                    out.onNext(ChaincodeEventsResponse.newBuilder()
                            .setBlockNumber(seen.get().blockNumber())
                            .addAllEvents(seen.get().events())
                            .build());
                }
            }
            task.wake();
        } catch (io.grpc.StatusRuntimeException e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(Unary.unforeseen("ChaincodeEvents", e));
        }
    }

    private void fail(io.grpc.StatusRuntimeException failure) {
        end();
        out.onError(failure);
    }

    private synchronized void end() {
        ended = true;
        Growth.Registration registration = following;
        if (registration != null) {
            registration.close();
        }
        following = null;
    }

    /** The pool has no room. The client may come again, with its checkpoint. */
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
