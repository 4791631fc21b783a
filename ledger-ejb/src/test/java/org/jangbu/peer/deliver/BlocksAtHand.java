package org.jangbu.peer.deliver;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.block.BlockSource;
import org.jangbu.model.ChannelId;

/** A source that has what a test gives it, and can be away, silent, or a liar. */
final class BlocksAtHand implements BlockSource {
    private final List<Block> blocks = new ArrayList<>();
    private boolean away;
    private boolean silent;
    private int asked;

    synchronized void have(List<Block> chain) {
        blocks.clear();
        blocks.addAll(chain);
    }

    synchronized void away(boolean gone) {
        away = gone;
    }

    synchronized void silent(boolean mute) {
        silent = mute;
    }

    /** How often blocks have been asked for. */
    synchronized int asked() {
        return asked;
    }

    @Override
    public synchronized CompletionStage<OptionalLong> height(ChannelId channel) {
        if (silent) {
            return new CompletableFuture<>();
        }
        return away
                ? CompletableFuture.failedFuture(new IllegalStateException("away"))
                : CompletableFuture.completedFuture(OptionalLong.of(blocks.size()));
    }

    @Override
    public synchronized CompletionStage<List<Block>> blocks(ChannelId channel, long from, int limit) {
        asked++;
        if (silent) {
            return new CompletableFuture<>();
        }
        if (away) {
            return CompletableFuture.failedFuture(new IllegalStateException("away"));
        }
        int first = (int) Math.min(from, blocks.size());
        int end = Math.min(first + limit, blocks.size());
        return CompletableFuture.completedFuture(List.copyOf(blocks.subList(first, end)));
    }
}
