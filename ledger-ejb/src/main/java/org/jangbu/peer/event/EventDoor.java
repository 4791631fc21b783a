package org.jangbu.peer.event;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.jangbu.model.ChannelId;

/**
 * Where callers whom a face has authenticated follow the channels of this server's peers; those who sign each request have {@link DeliverDoor}. The peer of
 * the caller's own organisation tells, if there is one.
 */
@FunctionalInterface
public interface EventDoor {
    /**
     * Lets a caller follow a channel.
     *
     * @param caller a serialised identity
     * @param resource the access rule, in Fabric's words, for example {@code event/Block}
     * @return empty if the channel is not here, or not for this caller: the two look the same
     */
    Optional<Following> open(ByteString caller, ChannelId channel, String resource);
}
