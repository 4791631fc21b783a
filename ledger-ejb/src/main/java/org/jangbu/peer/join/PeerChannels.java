package org.jangbu.peer.join;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.SortedMap;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.node.PeerRoles;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;

/**
 * The peers of this server and the channels that each has joined. Each call names the caller, a serialised identity whose signature or sign-in
 * has been verified.
 */
public interface PeerChannels {
    /** The peers of the caller's own organisation, by name; none for somebody whom its MSP does not let in now. */
    List<JoinedPeer> peers(ByteString caller);

    /**
     * Has a peer join the channel of a first block; it catches up with the ordering service from there. Either the peer has joined when this
     * returns, for good, or nothing is kept. The caller vouches for the block: nobody has signed it.
     *
     * @param caller must be an administrator of the peer's organisation, by the peer's local MSP
     * @param genesis block 0 of the channel, with its configuration
     * @throws JoinException with the reason, if the peer has not joined
     */
    ChannelId join(ByteString caller, NodeName peer, Block genesis) throws JoinException;

    /**
     * A peer of this server.
     *
     * @param endorsing whether it endorses on channels that do not say
     * @param address under which others may reach it
     * @param roles what it does on the channels that it has joined
     */
    record JoinedPeer(
            NodeName name, MspId mspId, boolean endorsing, String address, SortedMap<ChannelId, PeerRoles> roles) {
        /** Those it has joined, in the order of their names. */
        public List<ChannelId> channels() {
            return List.copyOf(roles.keySet());
        }
    }
}
