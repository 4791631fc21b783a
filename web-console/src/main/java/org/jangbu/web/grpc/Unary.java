package org.jangbu.web.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jangbu.web.log.WebLog;
import org.jangbu.web.problem.Failures;

/** Answers of calls with one answer, whenever it is known. */
final class Unary {
    private Unary() {}

    /** How a failure is told to the client; null for one that nobody foresaw. */
    @FunctionalInterface
    interface Words extends Function<Throwable, @org.jspecify.annotations.Nullable StatusRuntimeException> {}

    /** A stage that completes when the client has gone. To be called before the service method returns. */
    static CompletionStage<Void> abandonment(StreamObserver<?> out) {
        CompletableFuture<Void> abandoned = new CompletableFuture<>();
        ((ServerCallStreamObserver<?>) out).setOnCancelHandler(() -> abandoned.complete(null));
        return abandoned;
    }

    /** Sends the answer, or how it failed. */
    static <T> void answer(StreamObserver<T> out, String method, CompletionStage<T> answer, Words words) {
        AtomicBoolean once = new AtomicBoolean();
        answer.whenComplete((value, failure) -> {
            if (!once.compareAndSet(false, true) || ((ServerCallStreamObserver<T>) out).isCancelled()) {
                return;
            }
            if (failure == null) {
                out.onNext(value);
                out.onCompleted();
            } else {
                out.onError(told(method, Failures.unwrap(failure), words));
            }
        });
    }

    private static StatusRuntimeException told(String method, Throwable cause, Words words) {
        if (cause instanceof StatusRuntimeException ready) {
            return ready;
        }
        StatusRuntimeException known = words.apply(cause);
        return known != null ? known : unforeseen(method, cause);
    }

    /** The log has it all; the caller gets a reference to it and no more. */
    static StatusRuntimeException unforeseen(String method, Throwable cause) {
        String reference = UUID.randomUUID().toString();
        WebLog.LOG.requestFailed("gRPC", method, reference, cause);
        return GrpcFailure.of(Status.Code.INTERNAL, "internal error; the server's log has it under " + reference);
    }
}
