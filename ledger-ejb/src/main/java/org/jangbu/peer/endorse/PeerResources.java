package org.jangbu.peer.endorse;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.membership.Membership;

/**
 * What an endorser works with.
 *
 * @param localMembership the node's local MSP, for calls that concern no channel
 * @param channels the channels this peer has joined, by name
 * @param systemChaincodes by name
 * @param distribution takes the private data of simulations to the members
 */
public record PeerResources(
        LocalNode node,
        Membership localMembership,
        Function<String, Optional<JoinedChannel>> channels,
        Definitions definitions,
        Chaincodes chaincodes,
        Map<String, SystemChaincode> systemChaincodes,
        PrivateDistribution distribution) {
    /** A peer that keeps private data for itself alone. */
    public PeerResources(
            LocalNode node,
            Membership localMembership,
            Function<String, Optional<JoinedChannel>> channels,
            Definitions definitions,
            Chaincodes chaincodes,
            Map<String, SystemChaincode> systemChaincodes) {
        this(node, localMembership, channels, definitions, chaincodes, systemChaincodes, PrivateDistribution.TO_ITSELF);
    }

    /** Whether this peer can be expected to run a chaincode of a channel; false also for one that is not defined. */
    public boolean canRun(ChannelId channel, String chaincode) {
        if (systemChaincodes.containsKey(chaincode)) {
            return true;
        }
        return ChaincodeName.isValid(chaincode)
                && channels.apply(channel.value())
                        .flatMap(joined -> definitions.current(joined.ledger(), new ChaincodeName(chaincode)))
                        .filter(definition -> chaincodes.has(channel, definition))
                        .isPresent();
    }
}
