package org.jangbu.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jangbu.quickstart.Installation;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.machine.Ports;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.wildfly.ServerOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Takes everything that one peer of a stopped quick start has of its ledger, starts the network, and measures how fast the peer gets all of it again from the
 * orderer: fetching, verifying, validating and committing every block. The clock runs from the peer's second block on, so that the server's start does not
 * count.
 */
@Command(
        name = "catch-up",
        mixinStandardHelpOptions = true,
        description = "Empties one peer of a stopped quick start and measures how fast it catches up.")
public final class CatchUpCommand implements Callable<Integer> {
    private static final int HTTP = 8080;
    private static final long PAUSE_MILLIS = 10;

    @Option(names = "--run-folder", defaultValue = "run", description = "of the quick start (${DEFAULT-VALUE})")
    private Path runFolder = Path.of("run");

    @Option(names = "--port-offset", defaultValue = "0", description = "of the server (${DEFAULT-VALUE})")
    private int portOffset;

    @Option(names = "--postgres-port", defaultValue = "15432", description = "of the database (${DEFAULT-VALUE})")
    private int postgresPort;

    @Option(names = "--node", defaultValue = "peer0.org2.example.com", description = "the peer (${DEFAULT-VALUE})")
    private String node = "";

    @Option(names = "--minutes", defaultValue = "15", description = "longest time to wait (${DEFAULT-VALUE})")
    private int minutes;

    @Override
    public Integer call()
            throws IOException, InterruptedException, QuickStartException, GeneralSecurityException, SQLException {
        Locale.setDefault(Locale.ROOT);
        if (!Ports.isFree(HTTP + portOffset)) {
            throw new QuickStartException("Stop the quick start first: port " + (HTTP + portOffset) + " is in use");
        }
        ServerOptions options = ServerOptions.atOffset(portOffset);
        try (Installation installation = Installation.in(runFolder, postgresPort, options)) {
            measure(installation);
        }
        return CommandLine.ExitCode.OK;
    }

    private void measure(Installation installation)
            throws IOException, InterruptedException, QuickStartException, GeneralSecurityException, SQLException {
        installation.makeNetwork();
        installation.postgres().start();
        PeerRows rows = new PeerRows(installation.postgres(), node);
        long blocks = rows.height();
        long transactions = rows.transactions();
        if (blocks < 2) {
            throw new QuickStartException(node + " has no more than its genesis block: load the network first");
        }
        rows.forget();
        Folders.delete(installation
                .network()
                .home()
                .resolve("nodes")
                .resolve(node)
                .resolve("ledgers")
                .toAbsolutePath());
        installation.prepareServer();
        installation.server().start();
        long deadline = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        awaitHeight(rows, 2, deadline);
        long begun = System.nanoTime();
        long before = rows.transactions();
        awaitHeight(rows, blocks, deadline);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "catch-up: %d transactions in %d blocks in all; the last %d of them in %.2f s, %.0f per second%n",
                transactions, blocks, transactions - before, seconds, (transactions - before) / seconds);
        installation.server().awaitReady(Duration.ofMinutes(minutes));
    }

    private void awaitHeight(PeerRows rows, long height, long deadline)
            throws SQLException, InterruptedException, QuickStartException {
        long now = rows.height();
        while (now < height) {
            if (System.nanoTime() - deadline > 0) {
                throw new QuickStartException(node + " is at height " + now + " after " + minutes + " minutes");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            now = rows.height();
        }
    }
}
