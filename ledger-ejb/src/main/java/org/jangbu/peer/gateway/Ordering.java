package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.util.concurrent.CompletionStage;
import org.jangbu.model.ChannelId;

/** The orderer as a peer sees it: hand in an envelope. Implemented by whichever orderer the server hosts or reaches. */
public interface Ordering {
    /**
     * Hands in a serialised {@code Envelope}. Completes when the ordering service has taken it for good: from then on no crash loses it.
     * Completes exceptionally with {@link BroadcastException} otherwise; after {@code UNAVAILABLE} the envelope may or may not be ordered.
     */
    CompletionStage<Void> broadcast(ChannelId channel, ByteString envelope);
}
