package org.jangbu.ordering.sequence;

import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.ChannelId;

/** Makes the channel's configuration from a block that holds a CONFIG transaction. */
@FunctionalInterface
public interface ConfigSource {
    /**
     * Reads the configuration of a channel.
     *
     * @throws OrdererLedgerException if the block does not hold a configuration that this server understands
     */
    ChannelConfig read(ChannelId channel, Block configBlock) throws OrdererLedgerException;
}
