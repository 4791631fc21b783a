package org.jangbu.web.grpc;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.discovery.EndorsementDescriptor;
import org.hyperledger.fabric.protos.discovery.Layout;
import org.hyperledger.fabric.protos.discovery.Peer;
import org.hyperledger.fabric.protos.discovery.Peers;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.Chaincode;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Member;
import org.hyperledger.fabric.protos.gossip.Properties;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.jangbu.model.Sha256;
import org.jangbu.peer.gateway.Discovery;

/** Peers as discovery tells them: in the form of what they would tell each other by gossip, signed by the peer it is about. */
final class DiscoveredPeers {
    private DiscoveredPeers() {}

    /** @param ofChannel whether height and chaincodes are told */
    static Map<String, Peers> byOrganization(List<Discovery.Member> members, boolean ofChannel) {
        Map<String, Peers.Builder> peers = new TreeMap<>();
        members.forEach(member -> peers.computeIfAbsent(member.node().mspId().value(), mspId -> Peers.newBuilder())
                .addPeers(peer(member, ofChannel)));
        Map<String, Peers> built = new TreeMap<>();
        peers.forEach((mspId, each) -> built.put(mspId, each.build()));
        return built;
    }

    static EndorsementDescriptor descriptor(String chaincode, Discovery.Endorsers endorsers) {
        EndorsementDescriptor.Builder descriptor =
                EndorsementDescriptor.newBuilder().setChaincode(chaincode);
        endorsers
                .groups()
                .forEach((group, members) -> descriptor.putEndorsersByGroups(
                        group,
                        Peers.newBuilder()
                                .addAllPeers(members.stream()
                                        .map(member -> peer(member, true))
                                        .toList())
                                .build()));
        endorsers
                .layouts()
                .forEach(layout -> descriptor.addLayouts(Layout.newBuilder().putAllQuantitiesByGroup(layout)));
        return descriptor.build();
    }

    private static Peer peer(Discovery.Member member, boolean ofChannel) {
        ByteString id = Sha256.of(member.identity());
        GossipMessage alive = GossipMessage.newBuilder()
                .setTag(GossipMessage.Tag.EMPTY)
                .setAliveMsg(AliveMessage.newBuilder()
                        .setMembership(Member.newBuilder()
                                .setEndpoint(member.node().address())
                                .setPkiId(id)))
                .build();
        Peer.Builder peer = Peer.newBuilder().setIdentity(member.identity()).setMembershipInfo(signed(member, alive));
        if (ofChannel) {
            Properties.Builder properties = Properties.newBuilder().setLedgerHeight(member.height());
            member.chaincodes()
                    .forEach(runs -> properties.addChaincodes(
                            Chaincode.newBuilder().setName(runs.chaincode()).setVersion(runs.version())));
            peer.setStateInfo(signed(
                    member,
                    GossipMessage.newBuilder()
                            .setTag(GossipMessage.Tag.CHAN_OR_ORG)
                            .setStateInfo(StateInfo.newBuilder().setPkiId(id).setProperties(properties))
                            .build()));
        }
        return peer.build();
    }

    private static Envelope signed(Discovery.Member member, GossipMessage message) {
        ByteString payload = message.toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(member.node().signer().current().sign(payload))
                .build();
    }
}
