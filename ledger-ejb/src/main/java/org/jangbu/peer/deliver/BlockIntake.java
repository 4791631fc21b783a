package org.jangbu.peer.deliver;

import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;

/**
 * Where blocks arrive, from whichever wire. Never waits and never throws: what cannot be taken now (a full pipeline, a gap) is noted by its
 * number and fetched later from the {@link org.jangbu.ledger.block.BlockSource}; what is wrong is refused and told to the log.
 */
public interface BlockIntake {
    /** Offers a block to every hosted peer that has joined the channel. */
    void offer(ChannelId channel, Block block);

    /** Tells that blocks up to {@code height - 1} exist, so that a peer that lacks the last ones fetches them. */
    void announce(ChannelId channel, long height);
}
