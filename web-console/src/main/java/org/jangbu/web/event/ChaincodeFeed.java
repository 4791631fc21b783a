package org.jangbu.web.event;

import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.jangbu.ledger.block.Growth;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.TxId;
import org.jangbu.peer.event.ChaincodeEventCursor;
import org.jangbu.peer.event.Following;
import org.jangbu.web.view.ChaincodeEventView;

/** The events that the valid transactions of one chaincode have set. */
public final class ChaincodeFeed implements Feed {
    private final Following following;
    private final ChaincodeEventCursor cursor;

    /**
     * A feed.
     *
     * @param start number of the first block to look at
     * @param after only what comes behind this transaction of that block; empty for everything
     */
    public ChaincodeFeed(Following following, ChaincodeName chaincode, long start, Optional<TxId> after) {
        this.following = following;
        this.cursor = new ChaincodeEventCursor(following.chain(), chaincode.value(), start, after);
    }

    @Override
    public Optional<List<SentEvent>> poll() {
        return cursor.poll()
                .map(seen -> seen.events().stream()
                        .map(event -> event(seen.blockNumber(), event))
                        .toList());
    }

    private static SentEvent event(long block, ChaincodeEvent event) {
        return new SentEvent(
                new EventId(block, Optional.of(new TxId(event.getTxId()))), ChaincodeEventView.of(block, event));
    }

    @Override
    public Growth.Registration follow(Runnable wake) {
        return cursor.follow(wake);
    }

    @Override
    public Optional<String> lapse() {
        return following.lapse();
    }
}
