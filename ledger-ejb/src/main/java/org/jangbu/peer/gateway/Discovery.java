package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.SigningIdentity;

/**
 * What clients ask that choose endorsers themselves: which peers there are, what they run, and which of them together are enough. Peers of other servers are
 * told where the channel's configuration names them and they have shown who they are.
 */
public interface Discovery {
    /** The hosted peers, whatever they have joined; heights are 0 and no chaincodes are named. */
    List<Member> members();

    /** The peers that have joined a channel, those of this server first. Completes within the time that a peer elsewhere has to answer. */
    CompletionStage<List<Member>> members(ChannelId channel);

    /**
     * Who may endorse what a client is interested in. Fails with {@link EndorseException} UNSATISFIED or NOT_FOUND where the peers are not enough, or a chaincode is
     * not defined.
     */
    CompletionStage<Endorsers> endorsers(ChannelId channel, ChaincodeInterest interest);

    /**
     * A peer.
     *
     * @param address under which others may reach it
     * @param identity as its endorsements carry it
     * @param height blocks of the channel that it has; of a peer of another server, those that it had when it was met
     * @param chaincodes that it can run there; none of a peer of another server, since nobody knows
     * @param signer who signs what is told of it; empty for a peer of another server
     */
    record Member(
            MspId mspId,
            String address,
            ByteString identity,
            long height,
            List<Runs> chaincodes,
            Optional<SigningIdentity> signer) {
        /** A peer of this server. */
        static Member hosted(LocalNode node, long height, List<Runs> chaincodes) {
            SigningIdentity signer = node.signer().current();
            return new Member(
                    node.mspId(), node.address(), signer.serialized(), height, chaincodes, Optional.of(signer));
        }

        /** A peer of another server. */
        static Member elsewhere(EndorsingPeer peer) {
            return new Member(
                    peer.mspId(),
                    peer.address().orElse(""),
                    peer.identity(),
                    peer.toldHeight(),
                    List.of(),
                    Optional.empty());
        }
    }

    /** A chaincode that a peer can run, at the version of its definition. */
    record Runs(String chaincode, String version) {}

    /**
     * Endorsers that are alike to the policies, by a name of their group, and layouts: how many of each group are enough together. The layout with the fewest
     * comes first.
     */
    record Endorsers(Map<String, List<Member>> groups, List<Map<String, Integer>> layouts) {}
}
