package org.jangbu.msp.renewal;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jangbu.model.health.HealthStatus;

/**
 * The certificates of a server's nodes, renewed before they end and taken up while the nodes work. Somebody calls {@link #look} now and
 * then, from one thread; a look waits for authorities, each for a bounded time. {@link #status} may be asked from any.
 */
public final class CertificateRenewal {
    /** One failure may be an authority that is just being restarted. */
    private static final int KEEPS_FAILING = 2;

    private static final int MOST_NAMED = 5;

    private final List<NodeRenewal> nodes;
    private final Optional<HttpsWatch> https;
    private final Optional<TlsFiles> shown;

    /**
     * Nothing is looked at yet.
     *
     * @param reload empty if this server has no way to reload
     * @throws IllegalArgumentException if the settings name a node that is not here
     */
    public CertificateRenewal(
            List<RenewingNode> nodes, RenewalSettings settings, RenewalParts parts, Optional<HttpsReload> reload) {
        this.nodes = nodes.stream()
                .map(node -> new NodeRenewal(node, settings, parts))
                .toList();
        Instant started =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        this.https = settings.https().flatMap(store -> reload.map(way -> new HttpsWatch(store, way, started)));
        this.shown = settings.tlsNode().map(this::tlsOf);
    }

    private TlsFiles tlsOf(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .map(NodeRenewal::tls)
                .orElseThrow(() -> new IllegalArgumentException(
                        "jangbu.tls.node names " + name + ", which is no node of this server"));
    }

    /** Takes up what is new and renews what is due. What fails is told and tried again; it holds up nothing else. */
    public void look() throws InterruptedException {
        for (NodeRenewal node : nodes) {
            node.look();
        }
        https.ifPresent(watch -> watch.look(shown));
    }

    /**
     * Always well: a certificate that is not renewed is still valid, and what its end means is told elsewhere. The detail names those whose
     * renewal keeps failing, and files that cannot be used.
     */
    public HealthStatus status() {
        List<String> failing = new ArrayList<>();
        for (NodeRenewal node : nodes) {
            if (!node.trouble().isEmpty()) {
                failing.add(node.name() + ": " + node.trouble());
            }
            node.failures().stream()
                    .filter(failure -> failure.state().failures() >= KEEPS_FAILING)
                    .forEach(failure -> failing.add(line(node.name(), failure)));
        }
        https.map(HttpsWatch::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .ifPresent(trouble -> failing.add("HTTPS: " + trouble));
        if (failing.isEmpty()) {
            return HealthStatus.up();
        }
        String more = failing.size() > MOST_NAMED ? "; and " + (failing.size() - MOST_NAMED) + " more" : "";
        return HealthStatus.up("warning: " + String.join("; ", failing.subList(0, Math.min(failing.size(), MOST_NAMED)))
                + more);
    }

    private static String line(String node, NodeRenewal.Failure failure) {
        return failure.kind().label() + " certificate of " + node + " not renewed "
                + failure.state().failures() + " times: " + failure.state().reason();
    }
}
