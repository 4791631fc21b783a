package org.jangbu.peer.event;

import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.block.Growth;
import org.jangbu.ledger.channel.ChannelConfig;

/**
 * A node's copy of a channel as those who follow it see it. Nothing is kept for a follower: whoever has fallen behind reads the block files, so
 * a slow one costs no more than a quick one.
 */
public interface FollowedChain {
    /** Number of blocks that can be read. */
    long height();

    /**
     * A block below the height; empty if it does not exist yet.
     *
     * @throws RuntimeException if it cannot be read now
     */
    Optional<Block> block(long number);

    /** The configuration in force. */
    ChannelConfig config();

    /** Has {@code wake} called whenever the chain has grown; see {@link Growth#follow}. */
    Growth.Registration follow(Runnable wake);

    /** Whether the node still has the channel open; if not, nothing more will come. */
    default boolean isOpen() {
        return true;
    }
}
