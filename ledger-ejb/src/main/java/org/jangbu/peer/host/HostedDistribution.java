package org.jangbu.peer.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.model.ChaincodeName;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.endorse.PrivateDistribution;
import org.jangbu.peer.endorse.SimulationException;
import org.jangbu.peer.lifecycle.StateDefinitions;

/** Hands private sets to the peers of this server that are members of their collections, and to no other. */
final class HostedDistribution implements PrivateDistribution {
    private final Supplier<List<OpenPeer>> peers;

    HostedDistribution(Supplier<List<OpenPeer>> peers) {
        this.peers = peers;
    }

    @Override
    public void distribute(JoinedChannel channel, List<PrivateSet> sets) throws SimulationException {
        Map<JoinedChannel, List<PrivateSet>> shares = new LinkedHashMap<>();
        for (PrivateSet set : sets) {
            int others = 0;
            boolean taken = false;
            for (JoinedChannel member : members(channel, set)) {
                shares.computeIfAbsent(member, ignored -> new ArrayList<>()).add(set);
                taken = true;
                if (!member.ledger().id().equals(channel.ledger().id())) {
                    others++;
                }
            }
            checkReached(channel, set, taken, others);
        }
        for (Map.Entry<JoinedChannel, List<PrivateSet>> share : shares.entrySet()) {
            PrivateDistribution.put(share.getKey(), share.getValue());
        }
    }

    private List<JoinedChannel> members(JoinedChannel channel, PrivateSet set) {
        String name = channel.ledger().id().channel().value();
        return peers.get().stream()
                .flatMap(peer -> peer.channels().byName().apply(name).stream())
                .filter(joined -> joined.ledger().isMember(set.chaincode(), set.collection()))
                .toList();
    }

    private static void checkReached(JoinedChannel channel, PrivateSet set, boolean taken, int others)
            throws SimulationException {
        if (!taken) {
            throw new SimulationException(
                    500,
                    "error in simulation: no peer within reach is a member of collection " + set.collection()
                            + " of chaincode " + set.chaincode() + "; its values would be lost");
        }
        int required = definition(channel, set)
                .map(StaticCollectionConfig::getRequiredPeerCount)
                .orElse(0);
        if (others < required) {
            throw new SimulationException(
                    500,
                    "error in simulation: required to disseminate private data of collection " + set.collection()
                            + " to at least " + required + " peers, but know of only " + others + " eligible peers");
        }
    }

    private static Optional<StaticCollectionConfig> definition(JoinedChannel channel, PrivateSet set) {
        return ChaincodeName.isValid(set.chaincode())
                ? new StateDefinitions(channel.ledger().state())
                        .find(new ChaincodeName(set.chaincode()))
                        .flatMap(definition -> definition.collection(set.collection()))
                : Optional.empty();
    }
}
