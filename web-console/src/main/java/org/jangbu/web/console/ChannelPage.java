package org.jangbu.web.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.access.Names;
import org.jangbu.web.view.BlockSummary;
import org.jangbu.web.view.ChainView;
import org.jspecify.annotations.Nullable;

/** One channel and its blocks, newest first, a page at a time. */
@Named("channel")
@RequestScoped
public class ChannelPage {
    private static final int PAGE = 20;

    @Inject
    Ledgers ledgers;

    @Inject
    RecentBlocks recent;

    private String name = "";
    private @Nullable Long before;
    private boolean missed;
    private @Nullable ChainView chain;
    private @Nullable List<BlockSummary> blocks;

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    /** Blocks below this number are shown; the newest if not given. */
    public @Nullable Long getBefore() {
        return before;
    }

    public void setBefore(@Nullable Long before) {
        this.before = before;
    }

    /** Whether a search has just found nothing. */
    public boolean isMissed() {
        return missed;
    }

    public void setMissed(boolean missed) {
        this.missed = missed;
    }

    /** Looks up what the page is about. */
    public void load() {
        Loading.orError(this::getChain);
    }

    public ChainView getChain() {
        if (chain == null) {
            chain = ChainView.of(ledgers.chain(Names.channel(name)));
        }
        return chain;
    }

    public List<BlockSummary> getBlocks() {
        if (blocks == null) {
            blocks = recent.before(name, end(), PAGE);
        }
        return blocks;
    }

    public boolean isNewest() {
        return end() == getChain().height();
    }

    public long getNewer() {
        return Math.min(getChain().height(), end() + PAGE);
    }

    public boolean isOldest() {
        return end() <= PAGE;
    }

    public long getOlder() {
        return end() - PAGE;
    }

    private long end() {
        long height = getChain().height();
        return before == null ? height : Math.max(0, Math.min(height, before));
    }
}
