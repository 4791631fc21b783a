package org.jangbu.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class RepliesTest {
    @Test
    void an_outcome_is_told_even_where_the_server_lends_no_threads_any_more() {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        CompletionStage<String> told = stopping().later(outcome);
        outcome.complete("committed");
        assertThat(told.toCompletableFuture()).isCompletedWithValue("committed");
    }

    @Test
    void a_failure_is_told_so_too_and_without_its_wrapping() {
        IllegalStateException cause = new IllegalStateException("broken");
        CompletionStage<String> told = stopping().later(CompletableFuture.failedStage(new CompletionException(cause)));
        assertThatThrownBy(() -> told.toCompletableFuture().join()).hasCause(cause);
    }

    private static Replies stopping() {
        Replies replies = new Replies();
        replies.threads = (ManagedExecutorService) Proxy.newProxyInstance(
                RepliesTest.class.getClassLoader(),
                new Class<?>[] {ManagedExecutorService.class},
                (proxy, method, args) -> {
                    throw new RejectedExecutionException("the server is stopping");
                });
        return replies;
    }
}
