package org.jangbu.peer.gateway;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jangbu.peer.endorse.UnpackedProposal;

/** Peers that stand at different heights see a proposal differently; once the slower have caught up they are asked again. */
final class CatchUp {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final Questions questions;
    private final UnpackedProposal proposal;
    private final Duration patience;

    /** @param patience how long the slower have to catch up */
    CatchUp(Questions questions, UnpackedProposal proposal, Duration patience) {
        this.questions = questions;
        this.proposal = proposal;
        this.patience = patience;
    }

    /** Whether the peers differ while they stood, or stand by now, at different heights; of peers of other servers that may always be. */
    boolean isBadTiming(EndorseException problem, List<Reply> replies) {
        boolean noneEndorsed = replies.stream().noneMatch(Reply::endorsed);
        if (noneEndorsed || replies.stream().anyMatch(r -> r.refusal().isPresent())) {
            return false;
        }
        List<Reply> hosted =
                replies.stream().filter(reply -> reply.peer().hosted()).toList();
        return (hosted.size() < replies.size() && problem.kind() == EndorseException.Kind.MISMATCH)
                || hosted.stream().mapToLong(Reply::height).distinct().count() > 1
                || hosted.stream().anyMatch(reply -> height(reply.peer()).orElse(0) > reply.height());
    }

    /** Completes when all who replied stand as high as the highest, or when that takes too long. */
    CompletionStage<Void> caughtUp(List<Reply> replies) {
        boolean blind = replies.stream().anyMatch(reply -> !reply.peer().hosted());
        return blind ? questions.pause(patience.dividedBy(10)) : caughtUp(replies, System.nanoTime());
    }

    private CompletionStage<Void> caughtUp(List<Reply> replies, long since) {
        long[] heights = replies.stream()
                .flatMapToLong(reply -> height(reply.peer()).stream())
                .sorted()
                .toArray();
        boolean level = heights[0] == heights[heights.length - 1];
        if (level || System.nanoTime() - since > patience.toNanos()) {
            return CompletableFuture.completedFuture(null);
        }
        return questions.pause(LOOK_AGAIN).thenCompose(done -> caughtUp(replies, since));
    }

    private OptionalLong height(EndorsingPeer peer) {
        return peer instanceof HostedPeer hosted
                ? OptionalLong.of(hosted.channelOf(proposal).ledger().height())
                : OptionalLong.empty();
    }
}
