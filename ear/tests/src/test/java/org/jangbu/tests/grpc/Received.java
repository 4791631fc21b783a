package org.jangbu.tests.grpc;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a stream has brought. A slow reader takes one message only when asked to. */
final class Received<Q, A> implements ClientResponseObserver<Q, A> {
    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<A> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final boolean slow;
    private final CompletableFuture<ClientCallStreamObserver<Q>> call = new CompletableFuture<>();

    Received(boolean slow) {
        this.slow = slow;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> started) {
        call.complete(started);
        if (slow) {
            started.disableAutoRequestWithInitial(0);
        }
    }

    ClientCallStreamObserver<Q> call() {
        return call.join();
    }

    A next() throws InterruptedException {
        A message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing came; end: " + end.getNow(null));
        }
        return message;
    }

    int waiting() {
        return messages.size();
    }

    /** How the stream ended. */
    Status end() throws Exception {
        return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    boolean ended() {
        return end.isDone();
    }

    @Override
    public void onNext(A message) {
        messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }
}
