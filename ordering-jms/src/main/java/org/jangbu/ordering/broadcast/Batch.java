package org.jangbu.ordering.broadcast;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jangbu.model.ChannelId;

/**
 * Envelopes that travel together to the orderers, in the order in which they arrived at the door.
 *
 * @param id names the batch for ever: the broker drops a second message of that id, and no two blocks carry the same part of it
 * @param configSequence sequence of the channel configuration by which the envelopes were judged
 */
public record Batch(UUID id, ChannelId channel, long configSequence, List<Entry> entries) {
    public Batch {
        entries = List.copyOf(entries);
    }

    /**
     * One envelope.
     *
     * @param admitted when the door let it in, by the door's clock, in whole milliseconds
     */
    public record Entry(ByteString envelope, Instant admitted) {}
}
