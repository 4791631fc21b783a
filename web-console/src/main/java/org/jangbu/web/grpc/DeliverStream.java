package org.jangbu.web.grpc;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.ledger.block.Growth;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.peer.deliver.SerialTask;
import org.jangbu.peer.event.DeliverDoor;
import org.jangbu.peer.event.DeliverSession;
import org.jangbu.peer.event.SeekException;
import org.jangbu.web.log.WebLog;
import org.jspecify.annotations.Nullable;

/**
 * One stream of Deliver. Blocks are read when the client has room for them and not before: at most one is on its way. While there is none to send, no
 * thread is held. The next request is taken when the one before has been answered.
 *
 * @param <A> what the service answers with
 */
final class DeliverStream<A> implements StreamObserver<Envelope> {
    /** After so many blocks others have their turn. */
    private static final int TURN = 32;

    private final ServerCallStreamObserver<A> out;
    private final DeliverDoor door;
    private final Answers<A> answers;
    private final Optional<ByteString> certificateHash;
    private final SerialTask task;
    private @Nullable Envelope request;
    private @Nullable DeliverSession session;
    private Growth.@Nullable Registration following;
    private boolean clientDone;
    private boolean ended;

    /** How a service puts things. */
    interface Answers<A> {
        A status(Status status);

        A block(DeliverSession session, org.hyperledger.fabric.protos.common.Block block);
    }

    private DeliverStream(
            ServerCallStreamObserver<A> out,
            DeliverDoor door,
            Answers<A> answers,
            Optional<ByteString> certificateHash,
            Executor executor) {
        this.out = out;
        this.door = door;
        this.answers = answers;
        this.certificateHash = certificateHash;
        this.task = new SerialTask(executor, this::work, this::overloaded);
    }

    /** Begins a stream; to be called by the service method. */
    static <A> StreamObserver<Envelope> begin(
            StreamObserver<A> out, DeliverDoor door, Answers<A> answers, Executor executor) {
        ServerCallStreamObserver<A> call = (ServerCallStreamObserver<A>) out;
        DeliverStream<A> stream = new DeliverStream<>(call, door, answers, ClientCertificate.currentHash(), executor);
        call.disableAutoRequest();
        call.setOnReadyHandler(stream.task::wake);
        call.setOnCancelHandler(stream::end);
        call.setOnCloseHandler(stream::end);
        call.request(1);
        return stream;
    }

    @Override
    public void onNext(Envelope envelope) {
        synchronized (this) {
            request = envelope;
        }
        task.wake();
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

    private synchronized void work() {
        try {
            for (int turn = 0; turn < TURN; turn++) {
                if (ended || !out.isReady() || !step()) {
                    return;
                }
            }
            task.wake();
        } catch (RuntimeException e) {
            finish(Unary.unforeseen("Deliver", e));
        }
    }

    /** Does one thing; false if there is nothing to do now. */
    private boolean step() {
        DeliverSession current = session;
        return current == null ? open() : serve(current);
    }

    private boolean open() {
        Envelope next = request;
        request = null;
        if (next == null) {
            if (clientDone) {
                finish(null);
            }
            return false;
        }
        try {
            DeliverSession opened = door.open(next, certificateHash);
            following = opened.follow(task::wake);
            session = opened;
        } catch (SeekException e) {
            answer(e.status(), String.valueOf(e.getMessage()));
        }
        return true;
    }

    private boolean serve(DeliverSession current) {
        DeliverSession.Step step = current.poll();
        if (step instanceof DeliverSession.Send send) {
            try {
                out.onNext(answers.block(current, send.block()));
            } catch (StateUnavailableException e) {
                leave();
                answer(Status.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
            }
            return true;
        }
        if (step instanceof DeliverSession.End end) {
            leave();
            answer(end.status(), end.reason());
            return true;
        }
        return false;
    }

    private void answer(Status status, String reason) {
        out.onNext(answers.status(status));
        if (status == Status.SUCCESS) {
            out.request(1);
        } else {
            WebLog.LOG.seekRefused(status.name(), reason);
            finish(null);
        }
    }

    private void finish(@Nullable Throwable failure) {
        end();
        if (failure == null) {
            out.onCompleted();
        } else {
            out.onError(failure);
        }
    }

    private synchronized void end() {
        ended = true;
        leave();
    }

    private synchronized void leave() {
        Growth.Registration registration = following;
        if (registration != null) {
            registration.close();
        }
        following = null;
        session = null;
    }

    /** The pool has no room. The client may come again; nothing of this stream must stay. */
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
