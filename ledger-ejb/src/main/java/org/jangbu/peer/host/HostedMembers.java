package org.jangbu.peer.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.MissingSet;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.reconcile.MemberPeer;
import org.jangbu.peer.reconcile.MemberPeers;
import org.jangbu.peer.reconcile.PeerSilentException;
import org.jangbu.peer.reconcile.SetAnswers;
import org.jangbu.peer.reconcile.ToldSet;

/** The other peers of this server, asked directly. They answer by the same rules as strangers: what the asker's organisation may know, and no more. */
final class HostedMembers implements MemberPeers {
    private static final long ANSWER_BYTES = 8L << 20;

    private final Supplier<List<OpenPeer>> peers;

    HostedMembers(Supplier<List<OpenPeer>> peers) {
        this.peers = peers;
    }

    @Override
    public List<MemberPeer> of(JoinedChannel channel) {
        NodeName asking = channel.ledger().id().node();
        String name = channel.ledger().id().channel().value();
        List<MemberPeer> others = new ArrayList<>();
        for (OpenPeer peer : peers.get()) {
            if (peer.node().name().equals(asking)) {
                continue;
            }
            organization(asking)
                    .ifPresent(organization -> peer.channels()
                            .byName()
                            .apply(name)
                            .ifPresent(joined -> others.add(new Hosted(joined, organization))));
        }
        return others;
    }

    private Optional<MspId> organization(NodeName node) {
        return peers.get().stream()
                .map(OpenPeer::node)
                .filter(hosted -> hosted.name().equals(node))
                .map(hosted -> hosted.mspId())
                .findFirst();
    }

    private record Hosted(JoinedChannel joined, MspId asking) implements MemberPeer {
        @Override
        public String name() {
            return joined.ledger().id().node().value();
        }

        @Override
        public boolean isMember(CollectionName collection) {
            return joined.ledger().isMember(collection.chaincode(), collection.collection());
        }

        @Override
        public List<ToldSet> tell(List<MissingSet> sets) throws PeerSilentException {
            try {
                return new SetAnswers(joined.ledger(), ANSWER_BYTES).tell(asking, sets);
            } catch (StateUnavailableException e) {
                throw new PeerSilentException("its ledger cannot be read now", e);
            }
        }
    }
}
