package org.jangbu.peer.gateway.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jangbu.model.Quoted;
import org.jangbu.peer.gateway.PeerConnections.UnreachableException;

/**
 * One question to one node, which has one answer.
 *
 * @param <A> the answer
 */
final class NodeCall<A> implements StreamObserver<A> {
    private final CompletableFuture<A> answer = new CompletableFuture<>();
    private final Duration limit;
    private final long begun = System.nanoTime();
    private final Executor executor;
    private final Question<A> question;
    private volatile boolean lostConnection;

    /** How the question is put. */
    @FunctionalInterface
    interface Question<A> {
        void put(Channel channel, CallOptions options, StreamObserver<A> answer);
    }

    NodeCall(Duration limit, Executor executor, Question<A> question) {
        this.question = question;
        this.limit = limit;
        this.executor = executor;
    }

    void begin(Channel channel) {
        question.put(
                channel,
                CallOptions.DEFAULT.withExecutor(executor).withDeadlineAfter(nanosLeft(), TimeUnit.NANOSECONDS),
                this);
    }

    long nanosLeft() {
        return Math.max(1, limit.toNanos() - (System.nanoTime() - begun));
    }

    CompletableFuture<A> answer() {
        return answer;
    }

    /** Whether it was the connection that failed, and not the peer that refused. */
    boolean lostConnection() {
        return lostConnection;
    }

    void fail(String message) {
        answer.completeExceptionally(new UnreachableException(message));
    }

    /** The time is over before it could begin. What follows holds up the caller, a network thread, only where nobody else has time for it. */
    void expire() {
        try {
            executor.execute(this::late);
        } catch (RejectedExecutionException e) {
            late();
        }
    }

    private void late() {
        answer.completeExceptionally(
                new UnreachableException("it did not answer within " + limit.toMillis() + " ms", true));
    }

    @Override
    public void onNext(A response) {
        answer.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        switch (status.getCode()) {
            case UNAVAILABLE -> {
                lostConnection = true;
                fail("nobody answers there under the certificates of its organisation");
            }
            case DEADLINE_EXCEEDED -> {
                lostConnection = true;
                late();
            }
            default -> fail("it refused: " + Quoted.brief(String.valueOf(status.getDescription())));
        }
    }

    @Override
    public void onCompleted() {
        fail("it gave no answer");
    }
}
