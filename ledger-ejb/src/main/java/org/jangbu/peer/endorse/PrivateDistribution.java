package org.jangbu.peer.endorse;

import java.util.List;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.ledger.privatedata.TransientStoreFullException;

/**
 * Hands the private sets of a simulation to those who are to hold them, before the endorsement is signed: whoever has an endorsement can rely
 * on the values being kept until their block comes. Members elsewhere are reached by whoever implements this.
 */
@FunctionalInterface
public interface PrivateDistribution {
    /** Keeps sets on the endorsing peer itself, where it is a member, and reaches nobody else. */
    PrivateDistribution TO_ITSELF = (channel, sets) -> {
        for (PrivateSet set : sets) {
            if (!channel.ledger().isMember(set.chaincode(), set.collection())) {
                throw new SimulationException(
                        500,
                        "error in simulation: no peer within reach is a member of collection " + set.collection()
                                + " of chaincode " + set.chaincode() + "; its values would be lost");
            }
        }
        put(channel, sets);
    };

    /**
     * Hands over sets of one transaction.
     *
     * @param channel as the endorsing peer has joined it
     * @param sets one or more
     * @throws SimulationException if fewer members than the collection asks for, or none at all, could take them
     */
    void distribute(JoinedChannel channel, List<PrivateSet> sets) throws SimulationException;

    /** Keeps sets on one peer. */
    static void put(JoinedChannel channel, List<PrivateSet> sets) throws SimulationException {
        try {
            channel.ledger().transients().put(sets, channel.ledger().height());
        } catch (TransientStoreFullException e) {
            throw new SimulationException(503, String.valueOf(e.getMessage()), e);
        }
    }
}
