package org.jangbu.peer.host;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.block.BlockSource;
import org.jangbu.model.ChannelId;
import org.jspecify.annotations.Nullable;

/** Stands in for the ordering service's blocks until it is there, and remembers how many it last said there are. */
final class LateBlockSource implements BlockSource {
    private final Map<ChannelId, Long> heights = new ConcurrentHashMap<>();
    private volatile @Nullable BlockSource source;

    void connect(BlockSource found) {
        source = found;
    }

    /**
     * The height that the source told last, 0 if it said that it does not order the channel: blocks then come from elsewhere, or never
     * again, and there are none to wait for. Empty before it has answered.
     */
    OptionalLong toldHeight(ChannelId channel) {
        Long height = heights.get(channel);
        return height == null ? OptionalLong.empty() : OptionalLong.of(height);
    }

    @Override
    public CompletionStage<OptionalLong> height(ChannelId channel) {
        BlockSource found = source;
        return found == null
                ? notYet()
                : found.height(channel).thenApply(height -> {
                    heights.put(channel, height.orElse(0));
                    return height;
                });
    }

    @Override
    public CompletionStage<List<Block>> blocks(ChannelId channel, long from, int limit) {
        BlockSource found = source;
        return found == null ? notYet() : found.blocks(channel, from, limit);
    }

    private static <T> CompletionStage<T> notYet() {
        return CompletableFuture.failedFuture(
                new IllegalStateException("this server is not connected to an ordering service yet"));
    }
}
