package org.jangbu.web.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jangbu.model.ChannelId;
import org.jangbu.web.view.BlockSummary;

/**
 * Summaries of blocks that were shown lately, so that pages which look every two seconds do not read and parse the same blocks again. Blocks
 * of more transactions than fit a screen are not kept.
 */
@ApplicationScoped
public class SummaryCache {
    private static final int BLOCKS = 200;
    private static final int TRANSACTIONS = 500;

    private final Map<Place, BlockSummary> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, BlockSummary> eldest) {
            return size() > BLOCKS;
        }
    };

    /** The summary of a block, made by {@code read} if it is not kept. */
    BlockSummary get(ChannelId channel, long number, Supplier<BlockSummary> read) {
        Place place = new Place(channel, number);
        synchronized (kept) {
            BlockSummary known = kept.get(place);
            if (known != null) {
                return known;
            }
        }
        BlockSummary made = read.get();
        if (made.transactions().size() <= TRANSACTIONS) {
            synchronized (kept) {
                kept.put(place, made);
            }
        }
        return made;
    }

    private record Place(ChannelId channel, long number) {}
}
