package org.jangbu.web.grpc;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hyperledger.fabric.protos.discovery.EndorsementDescriptor;
import org.hyperledger.fabric.protos.discovery.Layout;
import org.hyperledger.fabric.protos.discovery.Peer;
import org.hyperledger.fabric.protos.discovery.Peers;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.Chaincode;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Member;
import org.hyperledger.fabric.protos.gossip.PeerTime;
import org.hyperledger.fabric.protos.gossip.Properties;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.jangbu.model.Sha256;
import org.jangbu.peer.gateway.Discovery;

/**
 * Peers as discovery tells them: in the form of what they would tell each other by gossip, signed by the peer it is about where that is of this server. What is
 * told of peers of other servers nobody has signed; Fabric's clients do not look at the signatures.
 */
final class DiscoveredPeers {
    /** Fabric's clients refuse messages without a time: the start of whoever tells, and a number that grows. */
    private static final long STARTED = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());

    private static final AtomicLong TOLD = new AtomicLong();

    private DiscoveredPeers() {}

    /** @param ofChannel whether height and chaincodes are told */
    static Map<String, Peers> byOrganization(List<Discovery.Member> members, boolean ofChannel) {
        Map<String, Peers.Builder> peers = new TreeMap<>();
        members.forEach(member -> peers.computeIfAbsent(member.mspId().value(), mspId -> Peers.newBuilder())
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
        PeerTime now = PeerTime.newBuilder()
                .setIncNum(STARTED)
                .setSeqNum(TOLD.incrementAndGet())
                .build();
        GossipMessage alive = GossipMessage.newBuilder()
                .setTag(GossipMessage.Tag.EMPTY)
                .setAliveMsg(AliveMessage.newBuilder()
                        .setTimestamp(now)
                        .setMembership(Member.newBuilder()
                                .setEndpoint(member.address())
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
                            .setStateInfo(StateInfo.newBuilder()
                                    .setTimestamp(now)
                                    .setPkiId(id)
                                    .setProperties(properties))
                            .build()));
        }
        return peer.build();
    }

    private static Envelope signed(Discovery.Member member, GossipMessage message) {
        ByteString payload = message.toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(
                        member.signer().map(signer -> signer.sign(payload)).orElse(ByteString.EMPTY))
                .build();
    }
}
