package org.jangbu.quickstart.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.QuickStartException;

/**
 * A whole consortium in one folder, {@code jangbu.home}: an ordering organisation and two that transact, one node each, with a channel they have joined.
 * Everything is made at the first start and kept.
 */
public final class TrialNetwork {
    private final Path home;

    public TrialNetwork(Path home, Artifacts artifacts) {
        this.home = home;
    }

    /** {@code jangbu.home}. */
    public Path home() {
        return home;
    }

    /** The TLS folder of the node whose certificate the server shows. */
    public Path tlsFolder() {
        return home.resolve("nodes/peer0.org1.example.com/tls");
    }

    /** Makes what is not there yet. */
    public void make() throws IOException, QuickStartException {
        Files.createDirectories(home);
    }
}
