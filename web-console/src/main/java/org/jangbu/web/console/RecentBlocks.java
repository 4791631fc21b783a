package org.jangbu.web.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.model.ChannelId;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.view.BlockSummary;
import org.jangbu.web.view.BlockView;

/** Blocks in lists, newest first; a block never changes, so each is taken apart once and remembered. */
@RequestScoped
public class RecentBlocks {
    @Inject
    Ledgers ledgers;

    @Inject
    SummaryCache cache;

    /** At most {@code count} blocks below number {@code end}. The caller must have been told the channel's height: that is its right to read. */
    List<BlockSummary> before(String channel, long end, int count) {
        ChannelId id = new ChannelId(channel);
        List<BlockSummary> blocks = new ArrayList<>();
        for (long number = end - 1; number >= 0 && blocks.size() < count; number--) {
            long wanted = number;
            blocks.add(cache.get(
                    id, wanted, () -> BlockView.of(ledgers.block(id, wanted)).summary()));
        }
        return blocks;
    }
}
