package org.jangbu.peer.endorse;

import java.util.function.Supplier;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.commit.PeerLedger;

/**
 * A channel that a peer has joined.
 *
 * @param configuration its configuration at the ledger's height
 */
public record JoinedChannel(PeerLedger ledger, Supplier<ChannelConfig> configuration) {
    public ChannelConfig config() {
        return configuration.get();
    }
}
