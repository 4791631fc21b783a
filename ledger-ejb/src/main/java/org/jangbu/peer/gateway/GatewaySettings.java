package org.jangbu.peer.gateway;

import java.time.Duration;

/**
 * How a gateway behaves.
 *
 * @param endorseTimeout longest wait for one endorser
 * @param attempts how often endorsers are asked that differ because blocks were committed meanwhile
 * @param catchUp longest wait, before they are asked again, for the slower ones to reach the height of the fastest
 * @param maxProposalBytes most bytes of a proposal
 */
public record GatewaySettings(Duration endorseTimeout, int attempts, Duration catchUp, int maxProposalBytes) {
    /** What a gateway does unless told otherwise. */
    public static final GatewaySettings DEFAULT =
            new GatewaySettings(Duration.ofSeconds(30), 5, Duration.ofSeconds(1), 10 << 20);
}
