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
import org.jangbu.peer.endorse.MembersElsewhere;
import org.jangbu.peer.endorse.PrivateDistribution;
import org.jangbu.peer.endorse.SimulationException;
import org.jangbu.peer.lifecycle.StateDefinitions;

/**
 * Hands private sets to the peers of this server that are members of their collections, and to members on other servers as far as the collection asks for more; to
 * nobody else.
 */
final class HostedDistribution implements PrivateDistribution {
    /** To how many others the data of an implicit collection go, as in Fabric unless configured otherwise. */
    private static final int MOST_OF_IMPLICIT = 1;

    private final Supplier<List<OpenPeer>> peers;
    private final Supplier<MembersElsewhere> elsewhere;

    HostedDistribution(Supplier<List<OpenPeer>> peers, Supplier<MembersElsewhere> elsewhere) {
        this.peers = peers;
        this.elsewhere = elsewhere;
    }

    @Override
    public void distribute(JoinedChannel channel, List<PrivateSet> sets) throws SimulationException {
        Map<JoinedChannel, List<PrivateSet>> shares = new LinkedHashMap<>();
        for (PrivateSet set : sets) {
            int others = 0;
            List<JoinedChannel> members = members(channel, set);
            for (JoinedChannel member : members) {
                shares.computeIfAbsent(member, ignored -> new ArrayList<>()).add(set);
                if (!member.ledger().id().equals(channel.ledger().id())) {
                    others++;
                }
            }
            reachOthers(channel, set, members.isEmpty(), others);
        }
        for (Map.Entry<JoinedChannel, List<PrivateSet>> share : shares.entrySet()) {
            PrivateDistribution.put(share.getKey(), share.getValue());
        }
    }

    /** Hands a set to members on other servers until as many have it as the collection wants; fails if fewer do than it requires. */
    private void reachOthers(JoinedChannel channel, PrivateSet set, boolean nobodyHere, int others)
            throws SimulationException {
        Optional<StaticCollectionConfig> definition = definition(channel, set);
        int required =
                definition.map(StaticCollectionConfig::getRequiredPeerCount).orElse(0);
        int most = definition.map(StaticCollectionConfig::getMaximumPeerCount).orElse(MOST_OF_IMPLICIT);
        int wanted = Math.max(Math.max(required, most) - others, nobodyHere ? 1 : 0);
        int reached = others + (wanted > 0 ? elsewhere.get().hand(channel, set, wanted) : 0);
        if (nobodyHere && reached == 0) {
            throw new SimulationException(
                    500,
                    "error in simulation: no peer within reach is a member of collection " + set.collection()
                            + " of chaincode " + set.chaincode() + "; its values would be lost");
        }
        if (reached < required) {
            throw new SimulationException(
                    500,
                    "error in simulation: required to disseminate private data of collection " + set.collection()
                            + " to at least " + required + " peers, but know of only " + reached + " eligible peers");
        }
    }

    private List<JoinedChannel> members(JoinedChannel channel, PrivateSet set) {
        String name = channel.ledger().id().channel().value();
        return peers.get().stream()
                .flatMap(peer -> peer.channels().byName().apply(name).stream())
                .filter(joined -> joined.ledger().isMember(set.chaincode(), set.collection()))
                .toList();
    }

    private static Optional<StaticCollectionConfig> definition(JoinedChannel channel, PrivateSet set) {
        return ChaincodeName.isValid(set.chaincode())
                ? new StateDefinitions(channel.ledger().state())
                        .find(new ChaincodeName(set.chaincode()))
                        .flatMap(definition -> definition.collection(set.collection()))
                : Optional.empty();
    }
}
