package org.jangbu.web.event;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.block.Growth;
import org.jangbu.peer.event.Following;

/** Every block of a channel, as one event each. */
public final class BlockFeed implements Feed {
    private final Following following;
    private final Function<Block, Record> view;
    private long next;

    /**
     * A feed.
     *
     * @param start number of the first block
     * @param view what is told of a block
     */
    public BlockFeed(Following following, long start, Function<Block, Record> view) {
        this.following = following;
        this.next = start;
        this.view = view;
    }

    @Override
    public Optional<List<SentEvent>> poll() {
        if (Long.compareUnsigned(next, following.chain().height()) >= 0) {
            return Optional.empty();
        }
        return following.chain().block(next).map(block -> {
            SentEvent event = new SentEvent(EventId.of(next), view.apply(block));
            next++;
            return List.of(event);
        });
    }

    @Override
    public Growth.Registration follow(Runnable wake) {
        return following.chain().follow(wake);
    }

    @Override
    public Optional<String> lapse() {
        return following.lapse();
    }
}
