package org.jangbu.peer.host;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
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
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.policy.RolePrincipal;
import org.jangbu.peer.join.JoinException;
import org.jangbu.peer.join.PeerChannels;
import org.jangbu.peer.log.EndorsementLog;

/** The channels of the peers of an open host. One peer joins one channel at a time. */
final class OpenPeerChannels implements PeerChannels {
    private final List<OpenPeer> peers;
    private final LedgerOpening ledgers;
    private final NodeDirectory directory;
    private final DoorCheck door;

    OpenPeerChannels(List<OpenPeer> peers, LedgerOpening ledgers, NodeDirectory directory, DoorCheck door) {
        this.peers = peers;
        this.ledgers = ledgers;
        this.directory = directory;
        this.door = door;
    }

    @Override
    public List<JoinedPeer> peers(ByteString caller) {
        return peers.stream()
                .filter(peer -> identity(peer, caller).isPresent())
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
        OpenPeer peer = peers.stream()
                .filter(candidate -> candidate.node().name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        Identity identity = identity(peer, caller).orElseThrow(() -> unknown(name));
        RolePrincipal administrator = new RolePrincipal(peer.node().mspId().value(), MSPRoleType.ADMIN);
        if (!peer.ownMembership().satisfies(identity, administrator.toPrincipal())) {
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

    /** Somebody of another organisation is not told which peers there are. */
    private Optional<Identity> identity(OpenPeer peer, ByteString caller) {
        Membership own = peer.ownMembership();
        try {
            Identity identity = own.deserialize(caller);
            door.check(own, identity);
            return Optional.of(identity);
        } catch (IdentityException e) {
            return Optional.empty();
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
