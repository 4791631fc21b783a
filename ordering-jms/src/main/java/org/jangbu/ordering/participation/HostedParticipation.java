package org.jangbu.ordering.participation;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.GenesisBlock;
import org.jangbu.ledger.consortium.Consortium;
import org.jangbu.ledger.consortium.ConsortiumException;
import org.jangbu.ledger.consortium.ConsortiumFolder;
import org.jangbu.ledger.consortium.ConsortiumUpdate;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.ledger.node.NodeDirectoryException;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.ordering.broadcast.Broadcaster;
import org.jangbu.ordering.deliver.OrdererLedger;
import org.jangbu.ordering.log.OrderingLog;
import org.jangbu.ordering.node.HostedOrderers;
import org.jangbu.ordering.participation.ParticipationException.Kind;
import org.jangbu.ordering.sequence.ChannelOrderer;
import org.jangbu.ordering.sequence.ChannelSequencer;
import org.jangbu.ordering.sequence.OrdererLedgerException;

/**
 * Joins and leaves, one at a time. A node has joined from the moment in which its folder has the channel's first block, and has left from the
 * moment in which that is renamed: a crash falls before or after, and the next start finds the one or the other.
 */
public final class HostedParticipation implements ChannelParticipation {
    /** How long a channel that is to be left may take to order what was taken. */
    private static final Duration DRAINING = Duration.ofSeconds(15);

    private final OrdererNodes nodes;
    private final HostedOrderers orderers;
    private final Broadcaster broadcaster;
    private final Consumer<ChannelOrderer> settling;
    private final NodeDirectory directory;
    private final DoorCheck door;
    private final Duration draining;

    /**
     * Participation of these nodes.
     *
     * @param settling publishes what an earlier run left of a chain
     */
    public HostedParticipation(
            List<OrdererNode> nodes,
            HostedOrderers orderers,
            Broadcaster broadcaster,
            Consumer<ChannelOrderer> settling,
            NodeDirectory directory,
            DoorCheck door) {
        this(nodes, orderers, broadcaster, settling, directory, door, DRAINING);
    }

    HostedParticipation(
            List<OrdererNode> nodes,
            HostedOrderers orderers,
            Broadcaster broadcaster,
            Consumer<ChannelOrderer> settling,
            NodeDirectory directory,
            DoorCheck door,
            Duration draining) {
        this.draining = draining;
        this.nodes = new OrdererNodes(nodes, door);
        this.orderers = orderers;
        this.broadcaster = broadcaster;
        this.settling = settling;
        this.directory = directory;
        this.door = door;
    }

    @Override
    public List<ChannelId> channels(ByteString caller, Optional<NodeName> orderer) throws ParticipationException {
        return orderers.channels(nodes.administered(caller, orderer).node().name());
    }

    @Override
    public Participation channel(ByteString caller, Optional<NodeName> orderer, ChannelId channel)
            throws ParticipationException {
        return participation(nodes.administered(caller, orderer).node().name(), channel);
    }

    @Override
    public Founding founding(ByteString caller, Optional<NodeName> orderer) throws ParticipationException {
        OrdererNode node = nodes.only(
                orderer,
                candidate -> candidate.knows(caller, door),
                "only members of an orderer's organisation or of its consortium are told what channels are made of");
        return new Founding(
                node.node().mspId(), node.own().channelConfig(), node.node().address(), node.consortium());
    }

    @Override
    public synchronized Participation join(ByteString caller, Optional<NodeName> orderer, Block genesis)
            throws ParticipationException {
        if (!nodes.anyKnows(caller)) {
            throw new ParticipationException(Kind.DENIED, "the caller is of no organisation that founds channels here");
        }
        ChannelConfig first = read(genesis);
        OrdererNode node = nodes.only(
                orderer,
                candidate -> candidate.mayCreate(caller, door, first),
                "channels are founded by administrators of the orderer's organisation, and by whom the creation policy of its"
                        + " consortium names");
        ChannelId channel = first.channel();
        try {
            node.requireFit(first);
        } catch (ChannelConfigException e) {
            throw unusable(e);
        }
        requireNew(node.node(), channel);
        join(node.node(), channel, genesis);
        OrderingLog.LOG.joined(channel, node.node().name().value());
        return participation(node.node().name(), channel);
    }

    @Override
    public synchronized Consortium admit(ByteString caller, Optional<NodeName> orderer, Envelope update)
            throws ParticipationException {
        OrdererNode node = nodes.only(
                orderer,
                candidate -> candidate.consortium().isPresent() && candidate.knows(caller, door),
                "only members of an orderer's organisation or of its consortium hand in what the members have signed");
        try {
            ConsortiumUpdate.Admitted admitted =
                    ConsortiumUpdate.accept(node.consortium().orElseThrow(), update, door);
            ConsortiumFolder.keep(node.node(), admitted.id(), admitted.member());
            nodes.replace(node.with(admitted.consortium()));
            OrderingLog.LOG.admitted(
                    admitted.id().value(),
                    admitted.consortium().name(),
                    node.node().name().value());
            return admitted.consortium();
        } catch (ConsortiumException e) {
            throw new ParticipationException(Kind.REFUSED_UPDATE, String.valueOf(e.getMessage()), e);
        } catch (NodeDirectoryException e) {
            OrderingLog.LOG.notAdmitted(node.node().name().value(), e);
            throw new ParticipationException(
                    Kind.UNAVAILABLE, "the new member cannot be written down now; the server's log says why", e);
        }
    }

    private static ChannelConfig read(Block genesis) throws ParticipationException {
        try {
            return GenesisBlock.read(genesis);
        } catch (ChannelConfigException e) {
            throw unusable(e);
        }
    }

    private void requireNew(LocalNode node, ChannelId channel) throws ParticipationException {
        if (directory.hasGenesisBlock(node, channel)) {
            throw new ParticipationException(Kind.JOINED_ALREADY, "channel already exists");
        }
        if (orderers.size() >= NodeDirectory.MOST_CHANNELS && !orderers.isRemoved(channel)) {
            throw new ParticipationException(
                    Kind.UNAVAILABLE,
                    "an orderer joins " + NodeDirectory.MOST_CHANNELS
                            + " channels at most, those it has left included");
        }
    }

    private void join(LocalNode node, ChannelId channel, Block genesis) throws ParticipationException {
        try {
            Optional<Block> left =
                    Optional.ofNullable(directory.removedGenesisBlocks(node).get(channel));
            if (left.isPresent()) {
                requireSame(channel, left.get(), genesis);
                joinAgain(node, channel, genesis);
            } else {
                joinNew(node, channel, genesis);
            }
            broadcaster.reopen(channel);
        } catch (OrdererLedgerException | NodeDirectoryException e) {
            OrderingLog.LOG.notJoined(channel, node.name().value(), e);
            throw new ParticipationException(
                    Kind.UNAVAILABLE,
                    "the ledger of channel " + channel + " cannot be opened now; the server's log says why",
                    e);
        }
    }

    /** Numbers of blocks are published once for each name of a channel, so a name is bound to its first block for ever. */
    private static void requireSame(ChannelId channel, Block left, Block genesis) throws ParticipationException {
        if (!left.getHeader().equals(genesis.getHeader())) {
            throw new ParticipationException(
                    Kind.UNUSABLE_BLOCK,
                    "channel " + channel
                            + " was removed here and began with another block; its name cannot be used anew");
        }
    }

    private void joinAgain(LocalNode node, ChannelId channel, Block genesis)
            throws NodeDirectoryException, OrdererLedgerException {
        directory.restoreGenesisBlock(node, channel);
        boolean joined = false;
        try {
            ChannelOrderer orderer = orderers.open(node, channel, genesis);
            joined = true;
            settle(orderer);
        } finally {
            if (!joined) {
                directory.removeGenesisBlock(node, channel);
            }
        }
    }

    /** A folder that lies there already was copied from another orderer, or a crash left it: then it must be this channel's, and stays. */
    private void joinNew(LocalNode node, ChannelId channel, Block genesis)
            throws NodeDirectoryException, OrdererLedgerException {
        boolean found = OrdererLedger.exists(node.ledgers(), channel);
        boolean joined = false;
        try {
            directory.keepGenesisBlock(node, channel, genesis);
            ChannelOrderer orderer = orderers.open(node, channel, genesis);
            joined = true;
            settle(orderer);
        } finally {
            if (!joined) {
                directory.forgetGenesisBlock(node, channel);
                if (!found) {
                    OrdererLedger.discard(node.ledgers(), channel);
                }
            }
        }
    }

    /** If nobody has time for it now, the channel's next batch sees to it. */
    private void settle(ChannelOrderer orderer) {
        try {
            settling.accept(orderer);
        } catch (RejectedExecutionException e) {
            OrderingLog.LOG.notSettled(orderer.sequencer().channel(), e.getMessage());
        }
    }

    @Override
    public synchronized void remove(ByteString caller, Optional<NodeName> orderer, ChannelId channel)
            throws ParticipationException {
        LocalNode node = nodes.administered(caller, orderer).node();
        participation(node.name(), channel);
        boolean last = orderers.orderers(channel) == 1;
        if (last && !isDrained(channel)) {
            throw new ParticipationException(
                    Kind.UNAVAILABLE,
                    "channel " + channel + " has envelopes that were taken and are not ordered yet; try again");
        }
        boolean left = false;
        try {
            directory.removeGenesisBlock(node, channel);
            left = true;
        } catch (NodeDirectoryException e) {
            OrderingLog.LOG.notRemoved(channel, node.name().value(), e);
            throw new ParticipationException(
                    Kind.UNAVAILABLE, "that channel " + channel + " is left cannot be noted now", e);
        } finally {
            if (last && !left) {
                broadcaster.reopen(channel);
            }
        }
        orderers.markRemoved(channel);
        orderers.close(node.name(), channel);
        OrderingLog.LOG.removed(channel, node.name().value());
    }

    private boolean isDrained(ChannelId channel) {
        try {
            return broadcaster.close(channel, draining);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Participation participation(NodeName node, ChannelId channel) throws ParticipationException {
        ChannelSequencer sequencer = orderers.orderer(node, channel)
                .map(ChannelOrderer::sequencer)
                .orElseThrow(() -> new ParticipationException(Kind.NOT_FOUND, "channel does not exist"));
        long height = sequencer.mark();
        boolean whole = !sequencer.isBehind()
                && orderers.ledger(channel)
                        .filter(ledger -> ledger.mark() > height)
                        .isEmpty();
        return new Participation(
                channel,
                orderers.orders(node, channel) ? Relation.CONSENTER : Relation.FOLLOWER,
                whole ? Status.ACTIVE : Status.ONBOARDING,
                height);
    }

    private static ParticipationException unusable(ChannelConfigException e) {
        return new ParticipationException(Kind.UNUSABLE_BLOCK, String.valueOf(e.getMessage()), e);
    }
}
