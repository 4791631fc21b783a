package org.jangbu.web.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jangbu.model.ChannelId;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.access.Names;
import org.jangbu.web.view.BlockView;
import org.jangbu.web.view.TransactionView;
import org.jspecify.annotations.Nullable;

/** One block and its transactions, a page at a time. */
@Named("block")
@RequestScoped
public class BlockPage {
    private static final int PAGE = 50;

    @Inject
    Ledgers ledgers;

    private String channel = "";
    private String number = "";
    private int from;
    private @Nullable BlockView view;
    private long height;

    public String getChannel() {
        return channel;
    }

    public void setChannel(String channel) {
        this.channel = channel;
    }

    public String getNumber() {
        return number;
    }

    public void setNumber(String number) {
        this.number = number;
    }

    /** Position of the first transaction shown. */
    public int getFrom() {
        return from;
    }

    public void setFrom(int from) {
        this.from = Math.max(0, from);
    }

    /** Looks up what the page is about. */
    public void load() {
        Loading.orError(this::getView);
    }

    public BlockView getView() {
        if (view == null) {
            ChannelId id = Names.channel(channel);
            height = ledgers.chain(id).height();
            view = BlockView.of(ledgers.block(id, Names.number("number", number, 0, Long.MAX_VALUE)));
        }
        return view;
    }

    public List<TransactionView> getTransactions() {
        List<TransactionView> all = getView().transactions();
        int first = Math.min(from, all.size());
        return all.subList(first, Math.min(all.size(), first + PAGE));
    }

    public boolean isMore() {
        return from + PAGE < getView().transactions().size();
    }

    public int getNext() {
        return from + PAGE;
    }

    public int getPrevious() {
        return Math.max(0, from - PAGE);
    }

    /** Whether a block follows. */
    public boolean isFollowed() {
        return getView().number() + 1 < height;
    }
}
