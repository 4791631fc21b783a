package org.jangbu.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.access.Names;
import org.jangbu.web.view.BlockSummary;
import org.jangbu.web.view.BlockView;
import org.jspecify.annotations.Nullable;

/** Pages of blocks: bounded by count and by the bytes that have to be read for them. */
@RequestScoped
public class BlockPages {
    /** Reading more than this for one page would let one caller fill the memory with large blocks. */
    private static final long BYTES_PER_PAGE = 32L << 20;

    @Inject
    Ledgers ledgers;

    /** The page that starts at {@code from}, or the newest one. */
    public Answers.BlockPage page(ChannelId channel, @Nullable String from, int limit) {
        long height = ledgers.chain(channel).height();
        long first = from == null ? Math.max(0, height - limit) : Names.number("from", from, 0, Long.MAX_VALUE);
        List<BlockSummary> blocks = read(channel, first, Math.min(limit, Math.max(0, height - first)));
        long next = first + blocks.size();
        return new Answers.BlockPage(
                channel.value(),
                height,
                blocks,
                new Answers.Links(
                        address(channel, first, limit),
                        next < height && !blocks.isEmpty()
                                ? Optional.of(address(channel, next, limit))
                                : Optional.empty(),
                        first > 0
                                ? Optional.of(address(channel, Math.max(0, Math.min(first, height) - limit), limit))
                                : Optional.empty()));
    }

    private List<BlockSummary> read(ChannelId channel, long first, long count) {
        List<BlockSummary> blocks = new ArrayList<>();
        long bytes = 0;
        for (long number = first; number < first + count && bytes < BYTES_PER_PAGE; number++) {
            Block block = ledgers.block(channel, number);
            bytes += block.getSerializedSize();
            blocks.add(BlockView.of(block).summary());
        }
        return blocks;
    }

    private static String address(ChannelId channel, long from, int limit) {
        return "/api/v1/channels/" + channel + "/blocks?from=" + from + "&limit=" + limit;
    }
}
