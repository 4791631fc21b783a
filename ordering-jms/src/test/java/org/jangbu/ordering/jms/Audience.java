package org.jangbu.ordering.jms;

import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;
import org.jangbu.peer.deliver.BlockIntake;

/** Hears published blocks. */
record Audience(Consumer<Block> heard) implements BlockIntake {
    @Override
    public void offer(ChannelId channel, Block block) {
        heard.accept(block);
    }

    @Override
    public void announce(ChannelId channel, long height) {}
}
