package org.jangbu.ordering.deliver;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.block.BlockSource;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.sequence.OrdererLedgerException;
import org.jangbu.ordering.settings.OrderingMetrics;

/** Blocks from an orderer's own ledger. A provisional block is never among them. Files are read on the executor. */
public final class OrdererBlockSource implements BlockSource {
    private static final int MOST_BLOCKS = 1_000;

    /** Beyond it an answer gets no further block: what two callers at once may cost is known. */
    private static final long MOST_BYTES = 16L << 20;

    private final Function<ChannelId, Optional<OrdererLedger>> ledgers;
    private final Executor executor;
    private final OrderingMetrics metrics;

    public OrdererBlockSource(
            Function<ChannelId, Optional<OrdererLedger>> ledgers, Executor executor, OrderingMetrics metrics) {
        this.ledgers = ledgers;
        this.executor = executor;
        this.metrics = metrics;
    }

    @Override
    public CompletionStage<OptionalLong> height(ChannelId channel) {
        return CompletableFuture.completedFuture(ledgers.apply(channel)
                .map(ledger -> OptionalLong.of(ledger.mark()))
                .orElseGet(OptionalLong::empty));
    }

    @Override
    public CompletionStage<List<Block>> blocks(ChannelId channel, long from, int limit) {
        Optional<OrdererLedger> ledger = ledgers.apply(channel);
        if (ledger.isEmpty()) {
            return notHere(channel);
        }
        CompletableFuture<List<Block>> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> read(ledger.get(), channel, from, limit, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private void read(
            OrdererLedger ledger, ChannelId channel, long from, int limit, CompletableFuture<List<Block>> answer) {
        try {
            List<Block> blocks = ledger.published(from, Math.min(limit, MOST_BLOCKS), MOST_BYTES);
            metrics.blocksSent(channel, blocks.size());
            answer.complete(blocks);
        } catch (OrdererLedgerException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private static <T> CompletableFuture<T> notHere(ChannelId channel) {
        return CompletableFuture.failedFuture(
                new IllegalArgumentException("channel " + channel + " is not ordered here"));
    }
}
