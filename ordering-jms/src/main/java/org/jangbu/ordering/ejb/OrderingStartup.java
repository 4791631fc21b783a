package org.jangbu.ordering.ejb;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.MessageListener;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.microprofile.config.Config;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.ledger.node.NodeDirectoryException;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.model.health.ReachabilityWatch;
import org.jangbu.msp.membership.LocalRevocations;
import org.jangbu.ordering.jms.BrokerConnection;
import org.jangbu.ordering.jms.DeliveryListener;
import org.jangbu.ordering.jms.JmsOrderingService;
import org.jangbu.ordering.log.OrderingLog;
import org.jangbu.ordering.node.OrdererDoors;
import org.jangbu.ordering.participation.ChannelParticipation;
import org.jangbu.ordering.participation.OrdererNode;
import org.jangbu.ordering.sequence.OrdererLedgerException;
import org.jangbu.ordering.settings.OrderingMetrics;
import org.jangbu.peer.host.PeerHost;
import org.jspecify.annotations.Nullable;

/**
 * Starts the orderers of this server: opens their ledgers, connects the peers to them, settles what the last run left. Message-driven beans
 * reach the service through it, so the container lets none of them in before it stands.
 */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@ManagedExecutorDefinition(name = "java:module/concurrent/ordering", maxAsync = 16)
@ManagedThreadFactoryDefinition(name = "java:module/concurrent/ordering-threads")
@PermitAll // called by this module's own message-driven beans
@SuppressWarnings("NullAway.Init") // the container sets the fields before anybody calls
public class OrderingStartup {
    private static final int TIMER_THREADS = 2;

    @Resource(lookup = "java:module/concurrent/ordering")
    ManagedExecutorService workers;

    @Resource(lookup = "java:module/concurrent/ordering-threads")
    ManagedThreadFactory threads;

    /** A plain factory, not a pooled one; another server names its own for this reference. */
    @Resource(name = "jms/OrderingConnections", lookup = "java:/jms/JangbuConnectionFactory")
    ConnectionFactory connections;

    @Inject
    Config config;

    @Inject
    HealthRegistry health;

    @Inject
    Instance<OrderingMetrics> metrics;

    @Inject
    PeerHost peers;

    @Inject
    NodeDirectory nodes;

    @Inject
    LocalRevocations revocations;

    private ScheduledThreadPoolExecutor timer;
    private JmsOrderingService service;
    private ChannelParticipation participation;
    private DeliveryListener delivery;
    private @Nullable ReachabilityWatch broker;
    private @Nullable BrokerConnection reading;

    @PostConstruct
    void start() {
        OrderingSettings settings = new OrderingSettings(config);
        // Not the server's own scheduler: it ends what repeats as soon as the server is suspended
        // (docs/decisions/0066).
        timer = new ScheduledThreadPoolExecutor(TIMER_THREADS, threads);
        timer.setRemoveOnCancelPolicy(true);
        JmsOrderingService.Parts parts = new JmsOrderingService.Parts(
                workers,
                timer,
                Clock.systemUTC(),
                revocations,
                settings.limits(),
                settings.orderLimit(),
                peers::height,
                figures());
        service = new JmsOrderingService(connections, settings.accounts(), settings.subscriptions(), parts);
        delivery = new DeliveryListener(peers.blockIntake());
        try {
            open(nodes, settings.orderer());
        } catch (NodeDirectoryException | OrdererLedgerException | RuntimeException e) {
            OrderingLog.LOG.startFailed(e);
            service.close();
            timer.shutdownNow();
            throw new IllegalStateException("the orderers of this server did not start", e);
        }
        watch(settings);
        peers.connect(service.ordering(), service.blocks());
        service.settle();
    }

    private void open(NodeDirectory directory, boolean expected) throws NodeDirectoryException, OrdererLedgerException {
        List<LocalNode> orderers = Orderers.among(directory.nodes(), expected);
        List<OrdererNode> participants = new ArrayList<>();
        for (LocalNode node : orderers) {
            service.open(
                    node,
                    directory.genesisBlocks(node),
                    directory.removedGenesisBlocks(node).keySet());
            participants.add(OrdererNode.read(node));
        }
        participation = service.participation(participants, directory);
        if (orderers.isEmpty()) {
            OrderingLog.LOG.noOrderer();
        }
    }

    private OrderingMetrics figures() {
        return metrics.isResolvable() ? metrics.get() : OrderingMetrics.NONE;
    }

    private void watch(OrderingSettings settings) {
        BrokerConnection hearing = settings.reading(connections);
        reading = hearing;
        ReachabilityWatch watch = new ReachabilityWatch(
                "broker", settings.orderer() ? service::isBrokerReachable : hearing::isReachable, health);
        watch.begin(timer);
        broker = watch;
    }

    /** How the orderers of this server join and leave channels. */
    @Produces
    public ChannelParticipation participation() {
        return participation;
    }

    /** What each orderer here offers by itself, for the faces. */
    @Produces
    public OrdererDoors doors() {
        return service.doors();
    }

    /** What orders batches. */
    public MessageListener batches() {
        return service.batches();
    }

    /** What hears published blocks for the orderers. */
    public MessageListener hearing() {
        return service.hearing();
    }

    /** What hands published blocks to the peers. */
    public MessageListener delivery() {
        return delivery;
    }

    @PreDestroy
    void stop() {
        ReachabilityWatch watch = broker;
        if (watch != null) {
            watch.close();
        }
        BrokerConnection hearing = reading;
        if (hearing != null) {
            hearing.close();
        }
        service.close();
        timer.shutdownNow();
    }
}
