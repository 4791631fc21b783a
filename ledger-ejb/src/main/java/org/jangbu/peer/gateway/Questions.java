package org.jangbu.peer.gateway;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jangbu.peer.endorse.Endorser;
import org.jangbu.peer.endorse.UnpackedProposal;
import org.jangbu.peer.event.Deadlines;

/** Asks peers, all at once, and waits for each no longer than it may take. */
public final class Questions {
    private final Deadlines deadlines;
    private final Executor executor;
    private final Duration timeout;

    /**
     * Asks with a limit.
     *
     * @param executor goes on where a deadline ended the waiting, so that the ticking thread does not
     * @param timeout longest wait for one peer
     */
    public Questions(Deadlines deadlines, Executor executor, Duration timeout) {
        this.deadlines = deadlines;
        this.executor = executor;
        this.timeout = timeout;
    }

    /** Completes after a while. */
    CompletionStage<Void> pause(Duration delay) {
        CompletableFuture<Void> later = new CompletableFuture<>();
        deadlines.after(delay, () -> onExecutor(() -> later.complete(null)));
        return later;
    }

    /** Asks every peer; the replies come in the order of the peers. Never fails. */
    CompletionStage<List<Reply>> ask(UnpackedProposal proposal, List<? extends EndorsingPeer> peers) {
        List<CompletableFuture<Reply>> asked = peers.stream()
                .map(peer -> ask(proposal, peer).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(done -> asked.stream().map(CompletableFuture::join).toList());
    }

    /** Asks one peer. Never fails. */
    CompletionStage<Reply> ask(UnpackedProposal proposal, EndorsingPeer peer) {
        CompletableFuture<Endorser.Answer> answer =
                peer.answer(proposal).toCompletableFuture().copy();
        String late = "peer " + peer.name() + " did not answer within " + timeout.toMillis() + " ms";
        Deadlines.Registration deadline = deadlines.after(
                timeout,
                () -> onExecutor(() -> answer.complete(Endorser.Answer.failure(EndorseException.Answer.LATE, late))));
        return answer.handle((given, failure) -> {
            deadline.cancel();
            return Reply.of(peer, given, failure);
        });
    }

    private void onExecutor(Runnable completion) {
        try {
            executor.execute(completion);
        } catch (RejectedExecutionException e) {
            completion.run();
        }
    }
}
