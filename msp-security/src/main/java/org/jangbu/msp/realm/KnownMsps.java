package org.jangbu.msp.realm;

import java.util.List;
import org.jangbu.msp.membership.Membership;

/**
 * The MSPs that a server knows at this moment.
 *
 * @param own the local MSPs of its nodes
 * @param channels those of each channel that its nodes have joined, by the channel's current configuration
 */
public record KnownMsps(List<Membership> own, List<Membership> channels) {
    public KnownMsps {
        own = List.copyOf(own);
        channels = List.copyOf(channels);
    }
}
