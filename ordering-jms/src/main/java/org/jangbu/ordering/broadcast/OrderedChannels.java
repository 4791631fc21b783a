package org.jangbu.ordering.broadcast;

import java.util.Optional;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.identity.SigningIdentity;

/** The channels that are ordered here, with their current configuration. */
public interface OrderedChannels {
    /** The configuration as of the channel's newest block; empty if the channel is not ordered here. */
    Optional<ChannelConfig> config(ChannelId channel);

    /** The orderer of this server that orders the channel, who signs the configurations made of updates; empty as above. */
    Optional<SigningIdentity> signer(ChannelId channel);
}
