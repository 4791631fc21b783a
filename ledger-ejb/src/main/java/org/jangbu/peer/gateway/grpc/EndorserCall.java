package org.jangbu.peer.gateway.grpc;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.model.Quoted;
import org.jangbu.peer.gateway.PeerConnections.UnreachableException;

/** One question to one peer. */
final class EndorserCall implements StreamObserver<ProposalResponse> {
    private final CompletableFuture<ProposalResponse> answer = new CompletableFuture<>();
    private final Duration limit;
    private final long begun = System.nanoTime();
    private final Executor executor;
    private volatile boolean lostConnection;

    EndorserCall(Duration limit, Executor executor) {
        this.limit = limit;
        this.executor = executor;
    }

    void begin(Channel channel, SignedProposal proposal) {
        long left = limit.toNanos() - (System.nanoTime() - begun);
        EndorserGrpc.newStub(channel)
                .withExecutor(executor)
                .withDeadlineAfter(Math.max(1, left), TimeUnit.NANOSECONDS)
                .processProposal(proposal, this);
    }

    CompletableFuture<ProposalResponse> answer() {
        return answer;
    }

    /** Whether it was the connection that failed, and not the peer that refused. */
    boolean lostConnection() {
        return lostConnection;
    }

    void fail(String message) {
        answer.completeExceptionally(new UnreachableException(message));
    }

    @Override
    public void onNext(ProposalResponse response) {
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
                answer.completeExceptionally(
                        new UnreachableException("it did not answer within " + limit.toMillis() + " ms", true));
            }
            default -> fail("it refused: " + Quoted.brief(String.valueOf(status.getDescription())));
        }
    }

    @Override
    public void onCompleted() {
        fail("it gave no answer");
    }
}
