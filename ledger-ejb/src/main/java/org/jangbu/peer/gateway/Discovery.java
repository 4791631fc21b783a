package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChannelId;

/** What clients ask that choose endorsers themselves: which peers of this server there are, what they run, and which of them together are enough. */
public interface Discovery {
    /** The hosted peers, whatever they have joined; heights are 0 and no chaincodes are named. */
    List<Member> members();

    /** The hosted peers that have joined a channel. */
    List<Member> members(ChannelId channel);

    /**
     * Who may endorse what a client is interested in.
     *
     * @throws EndorseException UNSATISFIED or NOT_FOUND where the hosted peers are not enough, or a chaincode is not defined
     */
    Endorsers endorsers(ChannelId channel, ChaincodeInterest interest) throws EndorseException;

    /**
     * A peer.
     *
     * @param identity as its endorsements carry it
     * @param height blocks of the channel that it has
     * @param chaincodes that it can run there
     */
    record Member(LocalNode node, ByteString identity, long height, List<Runs> chaincodes) {}

    /** A chaincode that a peer can run, at the version of its definition. */
    record Runs(String chaincode, String version) {}

    /**
     * Endorsers that are alike to the policies, by a name of their group, and layouts: how many of each group are enough together. The layout with the fewest
     * comes first.
     */
    record Endorsers(Map<String, List<Member>> groups, List<Map<String, Integer>> layouts) {}
}
