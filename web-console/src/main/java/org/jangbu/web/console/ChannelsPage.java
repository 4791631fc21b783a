package org.jangbu.web.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.view.BlockSummary;
import org.jangbu.web.view.ChainView;
import org.jspecify.annotations.Nullable;

/** The channels with their newest blocks, newest first. */
@Named("channels")
@RequestScoped
public class ChannelsPage {
    private static final int NEWEST = 5;

    @Inject
    Ledgers ledgers;

    @Inject
    RecentBlocks blocks;

    private @Nullable List<Channel> channels;

    /** A channel and its newest blocks. */
    public record Channel(ChainView chain, List<BlockSummary> blocks) {}

    public List<Channel> getAll() {
        if (channels == null) {
            List<Channel> found = new ArrayList<>();
            for (ChainView chain : ledgers.channels()) {
                found.add(new Channel(chain, blocks.before(chain.channel(), chain.height(), NEWEST)));
            }
            channels = found;
        }
        return channels;
    }
}
