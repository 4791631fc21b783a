package org.jangbu.peer.host.ejb;

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
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.model.health.ReachabilityWatch;
import org.jangbu.msp.crypto.KeySecrets;
import org.jangbu.msp.membership.LocalRevocations;
import org.jangbu.msp.realm.Doorkeeper;
import org.jangbu.msp.renewal.HttpsReload;
import org.jangbu.msp.renewal.RenewalParts;
import org.jangbu.msp.renewal.RenewalSettings;
import org.jangbu.msp.renewal.rest.FabricCaClient;
import org.jangbu.msp.settings.MspSetting;
import org.jangbu.peer.event.EventDoor;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.peer.gateway.NamedPeers;
import org.jangbu.peer.gateway.grpc.GrpcPeerConnections;
import org.jangbu.peer.host.HostMetrics;
import org.jangbu.peer.host.HostParts;
import org.jangbu.peer.host.IdentityHealth;
import org.jangbu.peer.host.NodeCertificates;
import org.jangbu.peer.host.PeerHost;
import org.jangbu.peer.host.ShownCertificates;
import org.jangbu.peer.join.PeerChannels;
import org.jangbu.peer.lifecycle.PeerPackages;
import org.jangbu.peer.log.EndorsementLog;
import org.jangbu.peer.query.LedgerQuery;
import org.jangbu.peer.settings.PeerSettings;

/**
 * Opens the peers of this server when the application starts and closes them when it stops. Opening goes on in the background, so that the
 * application's faces stand, and say that it is not ready, even while the database is away.
 *
 * <p>Other modules of the application inject {@link PeerHost}, {@link Gateway} or {@link LedgerQuery}: plain objects, called without a
 * container in between.
 */
@Startup
@PermitAll
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@ManagedExecutorDefinition(name = "java:module/concurrent/proposals", maxAsync = 64)
@ManagedExecutorDefinition(name = "java:module/concurrent/blocks", maxAsync = 16)
@ManagedThreadFactoryDefinition(name = "java:module/concurrent/peer-threads")
@SuppressWarnings("NullAway.Init") // the container sets the fields before anybody calls
public class LedgerStartup {
    private static final int TIMER_THREADS = 4;
    private static final int DATABASE_ANSWER_SECONDS = 2;
    private static final Duration AUTHORITY_PATIENCE = Duration.ofSeconds(30);

    @Resource(lookup = "java:module/concurrent/proposals")
    ManagedExecutorService proposals;

    @Resource(lookup = "java:module/concurrent/blocks")
    ManagedExecutorService blocks;

    @Resource(lookup = "java:module/concurrent/peer-threads")
    ManagedThreadFactory threads;

    /** The server's default data source, whatever it is called there. */
    @Resource(lookup = "java:comp/DefaultDataSource")
    DataSource database;

    @PersistenceUnit(unitName = "ledger")
    EntityManagerFactory entities;

    @Resource
    UserTransaction transaction;

    @Inject
    Config config;

    @Inject
    HealthRegistry health;

    @Inject
    LocalRevocations revocations;

    @Inject
    Instance<HostMetrics> metrics;

    /** How this server's HTTPS takes a new certificate, where somebody knows. */
    @Inject
    Instance<HttpsReload> reload;

    private ScheduledThreadPoolExecutor timer;
    private PeerHost host;
    private GrpcPeerConnections others;
    private ReachabilityWatch watch;
    private IdentityHealth identities;
    private NodeDirectory nodes;
    private NodeCertificates certificates;
    private ScheduledThreadPoolExecutor renewals;

    @PostConstruct
    void start() {
        PeerSettings settings = PeerSettings.read(key -> config.getOptionalValue(key, String.class));
        String home = config.getOptionalValue(MspSetting.HOME.key(), String.class)
                .orElseThrow(() -> new IllegalStateException(
                        MspSetting.HOME.key() + " is not set: it names the folder of this server's nodes"));
        // Not the server's own scheduler: it ends what repeats as soon as the server is suspended
        // (docs/decisions/0066).
        timer = new ScheduledThreadPoolExecutor(TIMER_THREADS, threads);
        timer.setRemoveOnCancelPolicy(true);
        watch = new ReachabilityWatch("database", this::isDatabaseReachable, health);
        watch.begin(timer);
        HostMetrics figures = figures();
        identities = new IdentityHealth(
                IdentityHealth.watch(
                        Path.of(home), key -> config.getOptionalValue(key, String.class), Clock.systemUTC()),
                health,
                figures);
        identities.begin(timer);
        KeySecrets secrets = KeySecrets.read(key -> config.getOptionalValue(key, String.class));
        nodes = new NodeDirectory(Path.of(home), secrets);
        renew(secrets, figures);
        others = new GrpcPeerConnections(threads, proposals, new ShownCertificates(secrets));
        host = new PeerHost(new HostParts(
                Path.of(home),
                nodes,
                settings,
                new JpaLedgerOpener(database, entities, transaction, settings.stateCacheBytes()),
                proposals,
                blocks,
                timer,
                threads,
                Clock.systemUTC(),
                revocations,
                figures,
                health,
                others));
        host.start();
    }

    private void renew(KeySecrets secrets, HostMetrics figures) {
        RenewalSettings renewal = RenewalSettings.read(key -> config.getOptionalValue(key, String.class));
        certificates = new NodeCertificates(
                nodes,
                renewal,
                new RenewalParts(
                        secrets,
                        new FabricCaClient(AUTHORITY_PATIENCE),
                        revocations,
                        figures::certificateRenewal,
                        Clock.systemUTC(),
                        new SecureRandom()),
                reload.isResolvable() ? Optional.of(reload.get()) : Optional.empty(),
                health);
        // A thread of its own: it waits for authorities.
        renewals = new ScheduledThreadPoolExecutor(1, threads);
        certificates.begin(renewals);
    }

    /** The nodes of this server: one directory for all who host some. */
    @Produces
    public NodeDirectory nodes() {
        return nodes;
    }

    /** The peers of this server, for whoever brings blocks and an ordering service. */
    @Produces
    public PeerHost host() {
        return host;
    }

    /** The door for clients. */
    @Produces
    public Gateway gateway() {
        return host.gateway();
    }

    /** What the ledgers tell. */
    @Produces
    public LedgerQuery query() {
        return host.query();
    }

    /** Where an administrator has the peers join channels. */
    @Produces
    public PeerChannels channels() {
        return host.channels();
    }

    /** Where callers follow channels. */
    @Produces
    public EventDoor events() {
        return host.events();
    }

    /** One peer asked directly. */
    @Produces
    public NamedPeers namedPeers() {
        return host.namedPeers();
    }

    /** Where an administrator installs packages. */
    @Produces
    public PeerPackages packages() {
        return host.packages();
    }

    /** Judges by the MSPs of these peers who stands at this server's doors. */
    @Produces
    public Doorkeeper doorkeeper() {
        return new Doorkeeper(host::knownMsps, revocations, Clock.systemUTC());
    }

    @PreDestroy
    void stop() {
        host.close();
        others.close();
        watch.close();
        identities.close();
        certificates.close();
        renewals.shutdownNow();
        timer.shutdownNow();
    }

    private boolean isDatabaseReachable() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(DATABASE_ANSWER_SECONDS);
        }
    }

    private HostMetrics figures() {
        Optional<HostMetrics> found = metrics.isResolvable() ? Optional.of(metrics.get()) : Optional.empty();
        if (found.isEmpty()) {
            EndorsementLog.LOG.noMetrics();
        }
        return found.orElse(HostMetrics.NONE);
    }
}
