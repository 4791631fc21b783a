package org.jangbu.ordering.jms;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.MessageListener;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.block.BlockSource;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.ordering.broadcast.Broadcaster;
import org.jangbu.ordering.deliver.OrdererBlockSource;
import org.jangbu.ordering.log.OrderingLog;
import org.jangbu.ordering.node.HostedOrderers;
import org.jangbu.ordering.node.OrdererDoors;
import org.jangbu.ordering.participation.ChannelParticipation;
import org.jangbu.ordering.participation.HostedParticipation;
import org.jangbu.ordering.participation.OrdererNode;
import org.jangbu.ordering.sequence.ChannelOrderer;
import org.jangbu.ordering.sequence.OrdererLedgerException;
import org.jangbu.ordering.sequence.OrderingStalledException;
import org.jangbu.ordering.settings.OrderingMetrics;
import org.jangbu.peer.gateway.Ordering;

/** The ordering service of one server: its door, its orderers, and what its subscriptions are handed to. */
public final class JmsOrderingService implements AutoCloseable {
    /** Blocks. */
    private static final int FAR_BEHIND = 8;

    private static final Duration BEFORE_SETTLING_AGAIN = Duration.ofSeconds(2);

    private final BrokerConnection sending;
    private final BrokerConnection publishing;
    private final Pause pause = new Pause();
    private final HostedOrderers orderers;
    private final Broadcaster broadcaster;
    private final BlockSource blocks;
    private final MessageListener batchListener;
    private final MessageListener hearingListener;
    private final Parts parts;

    /**
     * An ordering service without channels; nothing is opened and nobody is asked yet.
     *
     * @param factory a plain one, whose connections fail when the broker does
     * @param subscriptions of this server's orderers; on the broker before anything is sent or published
     */
    public JmsOrderingService(ConnectionFactory factory, Accounts accounts, Subscriptions subscriptions, Parts parts) {
        this.parts = parts;
        this.publishing = new BrokerConnection(
                factory, accounts.orderer(), accounts.ordererPassword(), true, subscriptions::make);
        this.sending = new BrokerConnection(
                factory, accounts.broadcaster(), accounts.broadcasterPassword(), false, unused -> publishing.open());
        this.orderers =
                new HostedOrderers(new JmsBlockPublisher(publishing), parts.clock(), new SecureRandom(), this::arrived);
        this.broadcaster = new Broadcaster(
                orderers,
                new JmsBatchSender(sending),
                parts.workers(),
                parts.timer(),
                parts.clock(),
                parts.revocations(),
                parts.limits(),
                this::peersAreBehind,
                parts.metrics());
        this.blocks = new OrdererBlockSource(orderers::ledger, parts.workers(), parts.metrics());
        this.batchListener = new BatchListener(orderers, pause, parts.orderLimit(), parts.metrics(), this::arrived);
        this.hearingListener = new HearingListener(orderers, pause);
    }

    /**
     * Opens a node's ledgers. To be called for every orderer before messages come.
     *
     * @param genesis the first blocks of the channels it orders
     * @param removed channels that it has left
     */
    public void open(LocalNode node, Map<ChannelId, Block> genesis, Set<ChannelId> removed)
            throws OrdererLedgerException {
        removed.forEach(orderers::markRemoved);
        for (Map.Entry<ChannelId, Block> each : genesis.entrySet()) {
            orderers.open(node, each.getKey(), each.getValue());
        }
    }

    /** How these orderers join and leave channels from now on. */
    public ChannelParticipation participation(List<OrdererNode> nodes, NodeDirectory directory) {
        return new HostedParticipation(
                nodes,
                orderers,
                broadcaster,
                orderer -> parts.workers().execute(() -> settle(orderer)),
                directory,
                new DoorCheck(parts.clock(), parts.revocations()));
    }

    /** Settles, on a worker, what the last run left provisional; tries until it is done or the service closes. */
    public void settle() {
        for (ChannelId channel : orderers.channels()) {
            orderers.orderer(channel).ifPresent(orderer -> parts.workers().execute(() -> settle(orderer)));
        }
    }

    private void settle(ChannelOrderer orderer) {
        ChannelId channel = orderer.sequencer().channel();
        try {
            long before = orderer.sequencer().mark();
            orderer.settle(parts.orderLimit());
            if (orderer.sequencer().mark() > before) {
                OrderingLog.LOG.tailSettled(channel, orderer.sequencer().mark() - 1);
            }
        } catch (OrderingStalledException | OrdererLedgerException e) {
            if (orderer.isClosed()) {
                return;
            }
            OrderingLog.LOG.notSettled(channel, e.getMessage());
            pause.take(BEFORE_SETTLING_AGAIN);
            if (!pause.isOver()) {
                parts.workers().execute(() -> settle(orderer));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The channels that are ordered here. */
    public Set<ChannelId> channels() {
        return orderers.channels();
    }

    /** Where clients' envelopes go. */
    public Ordering ordering() {
        return broadcaster;
    }

    /** What each orderer here offers by itself. */
    public OrdererDoors doors() {
        return new OrdererDoors(
                orderers, broadcaster, parts.clock(), new DoorCheck(parts.clock(), parts.revocations()));
    }

    /** Where peers fetch blocks. */
    public BlockSource blocks() {
        return blocks;
    }

    /** To be given the batches of {@link OrderingTopics#ALL_BATCHES}. */
    public MessageListener batches() {
        return batchListener;
    }

    /** To be given what is published on {@link OrderingTopics#ALL_BLOCKS}, from a subscription of this server's own. */
    public MessageListener hearing() {
        return hearingListener;
    }

    /** Whether the broker answers both accounts. */
    public boolean isBrokerReachable() {
        return sending.isReachable() && publishing.isReachable();
    }

    /**
     * Whether the foremost peer here has still to commit more than the newest block. A machine that does not come after makes larger blocks this way, which
     * cost less each. A peer that is far behind is catching up, and nobody waits for it.
     */
    private boolean peersAreBehind(ChannelId channel) {
        OptionalLong committed = parts.committed().apply(channel);
        if (committed.isEmpty()) {
            return false;
        }
        long missing = orderers.ledger(channel)
                .map(ledger -> ledger.mark() - committed.getAsLong())
                .orElse(0L);
        return missing > 1 && missing <= FAR_BEHIND;
    }

    private void arrived(ChannelId channel, UUID batch) {
        broadcaster.arrived(channel, batch);
    }

    /** Ends what waits, then closes ledgers and connections. */
    @Override
    public void close() {
        pause.stop();
        orderers.close();
        sending.close();
        publishing.close();
    }

    /** The broker's accounts. Passwords are shown to nobody. */
    public record Accounts(String broadcaster, String broadcasterPassword, String orderer, String ordererPassword) {
        @Override
        public String toString() {
            return "Accounts[" + broadcaster + ", " + orderer + "]";
        }
    }

    /**
     * What the service runs on.
     *
     * @param workers bounded; may refuse
     * @param revocations what this server knows beside the channels' configurations
     * @param orderLimit how long a batch is kept before it is handed back to the broker
     * @param committed the height of the foremost peer of this server on a channel; empty if none has joined it
     */
    public record Parts(
            Executor workers,
            ScheduledExecutorService timer,
            Clock clock,
            RevocationSource revocations,
            Broadcaster.Limits limits,
            Duration orderLimit,
            Function<ChannelId, OptionalLong> committed,
            OrderingMetrics metrics) {}
}
