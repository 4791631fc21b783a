package org.jangbu.ordering.node;

import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.block.Growth;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ordering.sequence.OrdererLedgerException;
import org.jangbu.peer.event.FollowedChain;

/** What an orderer has published of a channel; a provisional block is no part of it. */
record PublishedChain(OrderedChannel channel) implements FollowedChain {
    @Override
    public long height() {
        return channel.ledger().mark();
    }

    @Override
    public Optional<Block> block(long number) {
        if (Long.compareUnsigned(number, height()) >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(channel.ledger().block(number));
        } catch (OrdererLedgerException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public ChannelConfig config() {
        return channel.orderer().sequencer().config();
    }

    @Override
    public Growth.Registration follow(Runnable wake) {
        return channel.ledger().growth().follow(wake);
    }

    @Override
    public boolean isOpen() {
        return !channel.ledger().isClosed();
    }
}
