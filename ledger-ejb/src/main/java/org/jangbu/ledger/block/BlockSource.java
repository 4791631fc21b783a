package org.jangbu.ledger.block;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;

/**
 * Where a peer asks for blocks that did not reach it: an orderer of this server, or those of others. Blocks are as the orderer signed
 * them; nothing that comes from here is trusted before it is verified.
 */
public interface BlockSource {
    /**
     * How many blocks the source has: the number of the next one. Empty when it does not order the channel, so that nobody there will
     * ever tell. Completes exceptionally when it cannot be reached.
     */
    CompletionStage<OptionalLong> height(ChannelId channel);

    /** Blocks from number {@code from} on, in order, at most {@code limit}, at least one if there is one. */
    CompletionStage<List<Block>> blocks(ChannelId channel, long from, int limit);
}
