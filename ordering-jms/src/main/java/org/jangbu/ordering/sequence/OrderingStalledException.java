package org.jangbu.ordering.sequence;

import org.jangbu.model.ChannelId;

/** A batch could not be ordered in the time given; it must come again. */
public final class OrderingStalledException extends Exception {
    public OrderingStalledException(ChannelId channel, String message) {
        super(channel + ": " + message);
    }
}
