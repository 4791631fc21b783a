package org.jangbu.peer.host;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.NodeName;
import org.jangbu.msp.crypto.KeySecrets;
import org.jangbu.msp.renewal.CurrentTls;
import org.jangbu.msp.renewal.TlsFiles;
import org.jangbu.peer.log.EndorsementLog;

/**
 * The TLS certificates by which the nodes of this server show themselves to nodes elsewhere: those that they show to their own clients. A node without a
 * {@code tls} folder shows none.
 */
public final class ShownCertificates implements Function<LocalNode, Optional<CurrentTls.Shown>> {
    private final KeySecrets secrets;
    private final Map<NodeName, Optional<CurrentTls>> known = new ConcurrentHashMap<>();

    public ShownCertificates(KeySecrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public Optional<CurrentTls.Shown> apply(LocalNode node) {
        return known.computeIfAbsent(node.name(), unused -> read(node)).map(CurrentTls::get);
    }

    private Optional<CurrentTls> read(LocalNode node) {
        TlsFiles files = new TlsFiles(node.home().resolve("tls"), secrets.secret());
        if (!files.exist()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CurrentTls(files, System::nanoTime, CurrentTls.Listener.NONE));
        } catch (IOException e) {
            EndorsementLog.LOG.noTlsCertificate(node.name().value(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
