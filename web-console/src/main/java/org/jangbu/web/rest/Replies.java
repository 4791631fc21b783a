package org.jangbu.web.rest;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jangbu.web.problem.Failures;

/**
 * Brings what the peer found back to threads of this face: writing an answer to a slow caller must not hold a thread on which transactions
 * are endorsed and committed.
 */
@ApplicationScoped
@ManagedExecutorDefinition(name = "java:module/concurrent/replies", maxAsync = 32)
@SuppressWarnings("NullAway.Init") // the container sets the field
public class Replies {
    @Resource(lookup = "java:module/concurrent/replies")
    ManagedExecutorService threads;

    /**
     * The same outcome, on another thread; failures without the wrapping that futures add. A server that stops lends no threads any more:
     * then whoever knows the outcome tells it.
     */
    public <T> CompletionStage<T> later(CompletionStage<T> stage) {
        return stage.handleAsync(
                (value, failure) -> {
                    if (failure == null) {
                        return value;
                    }
                    throw unchecked(Failures.unwrap(failure));
                },
                this::hand);
    }

    private void hand(Runnable reply) {
        try {
            threads.execute(reply);
        } catch (RejectedExecutionException e) {
            reply.run();
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        return failure instanceof RuntimeException e ? e : new CompletionException(failure);
    }
}
