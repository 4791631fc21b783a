package org.jangbu.ordering.sequence;

import org.jangbu.model.ChannelId;

/** An orderer's own ledger failed: the disk, or a file that is not what it should be. Nothing is acknowledged meanwhile. */
public final class OrdererLedgerException extends Exception {
    private final ChannelId channel;

    public OrdererLedgerException(ChannelId channel, String message) {
        super(channel + ": " + message);
        this.channel = channel;
    }

    public OrdererLedgerException(ChannelId channel, String message, Throwable cause) {
        super(channel + ": " + message, cause);
        this.channel = channel;
    }

    public ChannelId channel() {
        return channel;
    }
}
