package org.jangbu.ledger.channel;

import org.jangbu.model.ChannelId;

/**
 * The channel demands a capability that this version does not have. The configuration is right and this node is too old for it: going on
 * would give other verdicts than the rest of the network, so the channel must stand still on this node until it is upgraded.
 */
public final class UnsupportedCapabilityException extends ChannelConfigException {
    private final String capability;

    public UnsupportedCapabilityException(ChannelId channel, String group, String capability) {
        super(
                channel,
                "group " + group + " demands the capability " + capability + ", which this version does not have");
        this.capability = capability;
    }

    /** The capability as the channel names it. */
    public String capability() {
        return capability;
    }
}
