package org.jangbu.peer.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jangbu.ledger.channel.ChannelConfig;

/** Peers of other servers. */
public interface RemotePeers {
    /** There are none. */
    RemotePeers NONE = new RemotePeers() {
        @Override
        public boolean mayBeOn(ChannelConfig config) {
            return false;
        }

        @Override
        public CompletionStage<Found> on(HostedPeer here, ChannelConfig config) {
            return CompletableFuture.completedFuture(new Found(List.of(), List.of()));
        }
    };

    /** Whether a channel's configuration names any. */
    boolean mayBeOn(ChannelConfig config);

    /**
     * Those of a channel that can be asked now. Never fails; completes within the time that one answer may take.
     *
     * @param here a peer of this server that has joined the channel
     * @param config of the channel
     */
    CompletionStage<Found> on(HostedPeer here, ChannelConfig config);

    /**
     * Who was found.
     *
     * @param away for each that is named and cannot be asked, what its answer comes down to: no endorsement, and why
     */
    record Found(List<EndorsingPeer> peers, List<EndorseException.Answer> away) {}
}
