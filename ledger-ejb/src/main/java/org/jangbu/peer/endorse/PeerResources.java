package org.jangbu.peer.endorse;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.msp.membership.Membership;

/**
 * What an endorser works with.
 *
 * @param localMembership the node's local MSP, for calls that concern no channel
 * @param channels the channels this peer has joined, by name
 * @param systemChaincodes by name
 */
public record PeerResources(
        LocalNode node,
        Membership localMembership,
        Function<String, Optional<JoinedChannel>> channels,
        Definitions definitions,
        Chaincodes chaincodes,
        Map<String, SystemChaincode> systemChaincodes) {}
