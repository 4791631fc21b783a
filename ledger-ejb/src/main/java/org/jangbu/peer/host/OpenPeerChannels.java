package org.jangbu.peer.host;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.GenesisBlock;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.ledger.node.NodeDirectoryException;
import org.jangbu.ledger.node.PeerRoles;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.model.Quoted;
import org.jangbu.peer.join.JoinException;
import org.jangbu.peer.join.PeerChannels;
import org.jangbu.peer.log.EndorsementLog;

/** The channels of the peers of an open host. One peer joins one channel at a time. */
final class OpenPeerChannels implements PeerChannels {
    private final LedgerOpening ledgers;
    private final NodeDirectory directory;
    private final Administration administration;

    OpenPeerChannels(Administration administration, LedgerOpening ledgers, NodeDirectory directory) {
        this.administration = administration;
        this.ledgers = ledgers;
        this.directory = directory;
    }

    @Override
    public List<JoinedPeer> peers(ByteString caller) {
        return administration.peers().stream()
                .filter(peer -> administration.knows(peer, caller))
                .map(peer -> new JoinedPeer(
                        peer.node().name(),
                        peer.node().mspId(),
                        peer.node().endorsing(),
                        peer.node().address(),
                        roles(peer)))
                .toList();
    }

    private static SortedMap<ChannelId, PeerRoles> roles(OpenPeer peer) {
        SortedMap<ChannelId, PeerRoles> roles = new TreeMap<>();
        peer.channels().joined((channel, joined) -> roles.put(channel, PeerRoles.of(peer.node(), joined.config())));
        return roles;
    }

    @Override
    public synchronized ChannelId join(ByteString caller, NodeName name, Block genesis) throws JoinException {
        OpenPeer peer = administration.find(caller, name).orElseThrow(() -> unknown(name));
        if (!administration.administers(peer, caller)) {
            throw new JoinException(
                    JoinException.Kind.DENIED,
                    "only an administrator of " + peer.node().mspId() + " may have peer " + name + " join a channel");
        }
        ChannelId channel = channelOf(genesis);
        LocalNode node = peer.node();
        if (directory.hasGenesisBlock(node, channel)) {
            throw new JoinException(
                    JoinException.Kind.JOINED_ALREADY, "peer " + name + " has joined channel " + channel + " before");
        }
        if (peer.channels().names().size() >= NodeDirectory.MOST_CHANNELS) {
            throw new JoinException(
                    JoinException.Kind.UNAVAILABLE,
                    "a peer joins " + NodeDirectory.MOST_CHANNELS + " channels at most");
        }
        join(peer, channel, genesis);
        EndorsementLog.LOG.joined(node.name().value(), channel.value());
        return channel;
    }

    private void join(OpenPeer peer, ChannelId channel, Block genesis) throws JoinException {
        boolean joined = false;
        try {
            directory.keepGenesisBlock(peer.node(), channel, genesis);
            ledgers.open(peer.node(), peer.channels(), channel, genesis);
            joined = true;
        } catch (ChannelConfigException e) {
            throw unusable(e);
        } catch (LedgerException | NodeDirectoryException | StateUnavailableException e) {
            EndorsementLog.LOG.notJoined(peer.node().name().value(), channel.value(), e);
            throw new JoinException(
                    JoinException.Kind.UNAVAILABLE,
                    "the ledger of channel " + channel + " cannot be made now; the server's log says why",
                    e);
        } finally {
            if (!joined) {
                forget(peer.node(), channel);
            }
        }
    }

    private void forget(LocalNode node, ChannelId channel) {
        try {
            directory.forgetGenesisBlock(node, channel);
        } catch (NodeDirectoryException e) {
            EndorsementLog.LOG.notJoined(node.name().value(), channel.value(), e);
        }
    }

    private static ChannelId channelOf(Block genesis) throws JoinException {
        try {
            return GenesisBlock.read(genesis).channel();
        } catch (ChannelConfigException e) {
            throw unusable(e);
        }
    }

    private static JoinException unknown(NodeName name) {
        return new JoinException(
                JoinException.Kind.UNKNOWN_PEER,
                "no peer " + Quoted.brief(name.value()) + " of the caller's organisation");
    }

    private static JoinException unusable(ChannelConfigException e) {
        return new JoinException(
                JoinException.Kind.UNUSABLE_BLOCK, "the block's configuration cannot be used: " + e.getMessage(), e);
    }
}
