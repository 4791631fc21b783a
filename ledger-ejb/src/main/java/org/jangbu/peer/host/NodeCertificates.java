package org.jangbu.peer.host;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.ledger.node.NodeDirectoryException;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.model.health.HealthStatus;
import org.jangbu.msp.log.RenewalLog;
import org.jangbu.msp.renewal.CertificateRenewal;
import org.jangbu.msp.renewal.HttpsReload;
import org.jangbu.msp.renewal.RenewalParts;
import org.jangbu.msp.renewal.RenewalSettings;
import org.jangbu.msp.renewal.RenewingNode;
import org.jspecify.annotations.Nullable;

/** Has the certificates of this server's nodes looked after, in the background, for as long as it is open. */
public final class NodeCertificates implements AutoCloseable {
    private final NodeDirectory directory;
    private final RenewalSettings settings;
    private final RenewalParts parts;
    private final Optional<HttpsReload> reload;
    private final HealthRegistry.Registration registration;
    private volatile @Nullable CertificateRenewal renewal;
    private volatile @Nullable Future<?> looking;
    /** What kept the last look from happening. */
    private volatile String told = "";

    /**
     * Nothing is looked at yet.
     *
     * @param reload how this server's HTTPS takes a new certificate; empty if nobody knows
     */
    public NodeCertificates(
            NodeDirectory directory,
            RenewalSettings settings,
            RenewalParts parts,
            Optional<HttpsReload> reload,
            HealthRegistry health) {
        this.directory = directory;
        this.settings = settings;
        this.parts = parts;
        this.reload = reload;
        this.registration = health.register(HealthKind.READINESS, "renewal", this::status);
    }

    /**
     * Looks now and then.
     *
     * @param background a thread that may wait for authorities; ended by whoever gives it
     */
    public void begin(ScheduledExecutorService background) {
        long period = settings.period().toMillis();
        looking = background.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    /** Never throws: a schedule ends with the first exception. */
    void look() {
        try {
            CertificateRenewal current = renewal;
            if (current == null) {
                current = new CertificateRenewal(nodes(), settings, parts, reload);
                renewal = current;
            }
            current.look();
            told = "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (NodeDirectoryException | RuntimeException e) {
            tellOnce(e);
        }
    }

    private void tellOnce(Exception failure) {
        if (!told.equals(failure.toString())) {
            told = failure.toString();
            RenewalLog.LOG.lookFailed(failure);
        }
    }

    private List<RenewingNode> nodes() throws NodeDirectoryException {
        return directory.nodes().stream().map(NodeCertificates::renewing).toList();
    }

    private static RenewingNode renewing(LocalNode node) {
        return new RenewingNode(node.name().value(), node.home(), node.signer());
    }

    private HealthStatus status() {
        CertificateRenewal current = renewal;
        if (current == null) {
            return told.isEmpty() ? HealthStatus.up() : HealthStatus.up("warning: " + told);
        }
        return current.status();
    }

    @Override
    public void close() {
        Future<?> running = looking;
        if (running != null) {
            running.cancel(false);
        }
        registration.close();
    }
}
