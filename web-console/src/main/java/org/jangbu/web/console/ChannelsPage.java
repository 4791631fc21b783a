package org.jangbu.web.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.log.WebLog;
import org.jangbu.web.problem.Failures;
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
    private boolean away;

    /** A channel and its newest blocks. */
    public record Channel(ChainView chain, List<BlockSummary> blocks) {}

    /** Whether the ledgers could not be read just now; the page goes on asking. */
    public boolean isAway() {
        getAll();
        return away;
    }

    /** Whether there is truly nothing to show. */
    public boolean isNone() {
        return getAll().isEmpty() && !away;
    }

    /** The channels, looked up once a request. */
    public List<Channel> getAll() {
        if (channels == null) {
            channels = lookUp();
        }
        return channels;
    }

    private List<Channel> lookUp() {
        List<Channel> found = new ArrayList<>();
        try {
            for (ChainView chain : ledgers.channels()) {
                found.add(new Channel(chain, blocks.before(chain.channel(), chain.height(), NEWEST)));
            }
        } catch (RuntimeException e) {
            // A page that updates itself outlives a database that is away for a while.
            if (Failures.passing(e).isEmpty()) {
                throw e;
            }
            WebLog.LOG.partAway("GET", "/ledger/channels", Failures.unwrap(e).toString());
            away = true;
        }
        return found;
    }
}
