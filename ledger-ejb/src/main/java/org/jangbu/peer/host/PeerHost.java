package org.jangbu.peer.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.block.BlockSource;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.ChannelId;
import org.jangbu.model.NodeName;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.model.health.HealthStatus;
import org.jangbu.msp.realm.KnownMsps;
import org.jangbu.peer.deliver.BlockIntake;
import org.jangbu.peer.event.EventDoor;
import org.jangbu.peer.gateway.Discovery;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.peer.gateway.NamedPeers;
import org.jangbu.peer.gateway.Ordering;
import org.jangbu.peer.join.PeerChannels;
import org.jangbu.peer.lifecycle.PeerPackages;
import org.jangbu.peer.log.EndorsementLog;
import org.jangbu.peer.query.LedgerQuery;
import org.jspecify.annotations.Nullable;

/**
 * The peers of this server. {@link #start} opens them in the background, trying again while the database is away; what it hands out can be
 * taken before, and answers that the server is not ready until they are open. Thread-safe.
 */
public final class PeerHost implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final HostParts parts;
    private final LateBlockSource source = new LateBlockSource();
    private final Gateway gateway = new HostedGateway(() -> opened().map(OpenHost::gateway));
    private final LedgerQuery query = new HostedQuery(() -> opened().map(OpenHost::query));
    private final PeerChannels channels = new HostedPeerChannels(() -> opened().map(OpenHost::channels));
    private final NamedPeers named = new HostedNamedPeers(() -> opened().map(OpenHost::namedPeers));
    private final PeerPackages packages;
    private final BlockIntake intake = new Intake();
    private final List<HealthRegistry.Registration> registrations = new ArrayList<>();

    /** Written under this object's lock. */
    private volatile @Nullable OpenHost open;

    private @Nullable Ordering ordering;
    private volatile String waitingFor = "the ledgers are being opened";
    private boolean closed;

    public PeerHost(HostParts parts) {
        this.parts = parts;
        this.packages =
                new HostedPeerPackages(parts.settings().packages().bytes(), () -> opened().map(OpenHost::packages));
    }

    /** Begins to open the peers; returns at once. */
    public void start() {
        registrations.add(parts.health().register(HealthKind.STARTUP, "ledgers", this::started));
        registrations.add(parts.health().register(HealthKind.READINESS, "ledgers", this::started));
        registrations.add(parts.health().register(HealthKind.LIVENESS, "peers", HealthStatus::up));
        parts.blocks().execute(() -> open(Duration.ofSeconds(1)));
    }

    /** Names the ordering service and where its blocks are had; called once by whoever brings them. */
    public synchronized void connect(Ordering service, BlockSource blocks) {
        ordering = service;
        source.connect(blocks);
        OpenHost host = open;
        if (host != null) {
            host.gateway().connect(service);
        }
    }

    /** Where delivered blocks go. What comes before the ledgers are open is dropped: they ask for it then. */
    public BlockIntake blockIntake() {
        return intake;
    }

    /** The door for clients. */
    public Gateway gateway() {
        return gateway;
    }

    /** What the ledgers tell. */
    public LedgerQuery query() {
        return query;
    }

    /** Where an administrator has the peers join channels. */
    public PeerChannels channels() {
        return channels;
    }

    /** One of the peers, by itself; empty if there is none of that name, or the ledgers are not open. */
    public Optional<PeerDoor> peer(NodeName name) {
        return opened().flatMap(host -> host.doors().peers().stream()
                .filter(door -> door.node().name().equals(name))
                .findFirst());
    }

    /** How many blocks of a channel the foremost of the peers has committed; empty if none has joined it, or the ledgers are not open. */
    public OptionalLong height(ChannelId channel) {
        return opened().stream()
                .flatMap(host -> host.doors().peers().stream())
                .flatMap(door -> door.channel(channel.value()).stream())
                .mapToLong(joined -> joined.ledger().height())
                .max();
    }

    /** Which peers there are and what they are good for; empty while the ledgers are not open. */
    public Optional<Discovery> discovery() {
        return opened().map(host -> host.doors().discovery());
    }

    /** Where callers follow channels; fails with {@link StateUnavailableException} while the ledgers are not open, which may pass. */
    public EventDoor events() {
        return (caller, channel, resource) -> required().doors().events().open(caller, channel, resource);
    }

    /** One peer asked directly. */
    public NamedPeers namedPeers() {
        return named;
    }

    /** Where an administrator installs packages. */
    public PeerPackages packages() {
        return packages;
    }

    /**
     * The MSPs of the hosted nodes, of the peers' channels and of the orderers' consortia, as they are now.
     *
     * @throws StateUnavailableException while the ledgers are not open; that may pass
     */
    public KnownMsps knownMsps() {
        return required().knownMsps();
    }

    private OpenHost required() {
        return opened().orElseThrow(() ->
                new StateUnavailableException("this server is not ready: its ledgers are not open", true));
    }

    /** Whether the ledgers are open. */
    public boolean isOpen() {
        return open != null;
    }

    /** Stops taking blocks and proposals, lets the commits under way end, closes contracts and ledgers. */
    @Override
    public void close() {
        OpenHost host;
        synchronized (this) {
            closed = true;
            host = open;
            open = null;
        }
        registrations.forEach(HealthRegistry.Registration::close);
        if (host != null) {
            host.close();
            EndorsementLog.LOG.closed();
        }
    }

    private void open(Duration pause) {
        try {
            long begin = System.nanoTime();
            OpenHost host = new HostOpening(parts, source).open();
            if (publish(host)) {
                EndorsementLog.LOG.open(host.peers().size(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            } else {
                host.close();
            }
        } catch (LedgerException e) {
            failed(e, e.isTransient(), pause);
        } catch (StateUnavailableException e) {
            failed(e, e.isTransient(), pause);
        } catch (Exception e) {
            failed(e, false, pause);
        }
    }

    private synchronized boolean publish(OpenHost host) {
        if (closed) {
            return false;
        }
        Ordering service = ordering;
        if (service != null) {
            host.gateway().connect(service);
        }
        open = host;
        return true;
    }

    private void failed(Exception failure, boolean mayPass, Duration pause) {
        String reason = String.valueOf(failure.getMessage());
        if (!mayPass) {
            waitingFor = "the ledgers cannot be opened: " + reason;
            EndorsementLog.LOG.cannotOpen(failure);
            return;
        }
        waitingFor = "the database cannot be used yet";
        EndorsementLog.LOG.opensLater(pause.toSeconds(), reason);
        Duration next = pause.multipliedBy(2);
        try {
            var unused = parts.scheduler()
                    .schedule(
                            () -> parts.blocks()
                                    .execute(() -> open(next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE)),
                            pause.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            EndorsementLog.LOG.cannotOpen(e);
        }
    }

    private HealthStatus started() {
        return open != null ? HealthStatus.up() : HealthStatus.down(waitingFor);
    }

    private Optional<OpenHost> opened() {
        return Optional.ofNullable(open);
    }

    private final class Intake implements BlockIntake {
        @Override
        public void offer(ChannelId channel, Block block) {
            opened().ifPresent(host -> host.pipelines().offer(channel, block));
        }

        @Override
        public void announce(ChannelId channel, long height) {
            opened().ifPresent(host -> host.pipelines().announce(channel, height));
        }
    }
}
