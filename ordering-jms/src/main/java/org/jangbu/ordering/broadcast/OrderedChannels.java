package org.jangbu.ordering.broadcast;

import java.util.Optional;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.ChannelId;

/** The channels that are ordered here, with their current configuration. */
@FunctionalInterface
public interface OrderedChannels {
    /** The configuration as of the channel's newest block; empty if the channel is not ordered here. */
    Optional<ChannelConfig> config(ChannelId channel);
}
