package org.jangbu.web.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jangbu.model.ChannelId;
import org.jangbu.peer.query.LedgerQuery.ProcessedTransaction;
import org.jangbu.web.access.Ledgers;
import org.jangbu.web.access.Names;
import org.jangbu.web.view.BlockView;
import org.jangbu.web.view.TransactionView;
import org.jangbu.web.view.TransactionViews;
import org.jspecify.annotations.Nullable;

/** One transaction: by its id, or by its place in a block where it has none (configuration) or shares it (a duplicate). */
@Named("transaction")
@RequestScoped
public class TransactionPage {
    @Inject
    Ledgers ledgers;

    private String channel = "";
    private @Nullable String id;
    private @Nullable String block;
    private String position = "0";
    private @Nullable TransactionView view;

    public String getChannel() {
        return channel;
    }

    public void setChannel(String channel) {
        this.channel = channel;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public @Nullable String getBlock() {
        return block;
    }

    public void setBlock(@Nullable String block) {
        this.block = block;
    }

    public String getPosition() {
        return position;
    }

    public void setPosition(String position) {
        this.position = position;
    }

    /** Looks up what the page is about. */
    public void load() {
        Loading.orError(this::getView);
    }

    public TransactionView getView() {
        if (view == null) {
            ChannelId channelId = Names.channel(channel);
            view = block == null ? byId(channelId) : byPlace(channelId, block);
        }
        return view;
    }

    private TransactionView byId(ChannelId channelId) {
        ProcessedTransaction found = ledgers.transaction(channelId, Names.txId(id == null ? "" : id));
        return new TransactionViews()
                .of(
                        found.envelope(),
                        new TransactionViews.Place(
                                found.blockNumber(),
                                found.position(),
                                found.code().name()));
    }

    private TransactionView byPlace(ChannelId channelId, String number) {
        BlockView found = BlockView.of(ledgers.block(channelId, Names.number("block", number, 0, Long.MAX_VALUE)));
        int last = found.transactions().size() - 1;
        return found.transactions().get((int) Names.number("position", position, 0, last));
    }
}
