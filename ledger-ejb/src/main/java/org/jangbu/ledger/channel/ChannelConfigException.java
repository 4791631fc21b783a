package org.jangbu.ledger.channel;

import org.jangbu.model.ChannelId;

/** A channel configuration that cannot be used: its tree contradicts Fabric's rules. The message names the place in the tree. */
public class ChannelConfigException extends Exception {
    /** Of a block that names no channel yet. */
    public ChannelConfigException(String message) {
        super(message);
    }

    public ChannelConfigException(ChannelId channel, String message) {
        super("channel " + channel + ": " + message);
    }

    public ChannelConfigException(ChannelId channel, String message, Throwable cause) {
        super("channel " + channel + ": " + message, cause);
    }
}
