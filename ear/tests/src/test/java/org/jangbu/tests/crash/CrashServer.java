package org.jangbu.tests.crash;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jangbu.quickstart.Installation;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.quickstart.network.TrialNetwork;
import org.jangbu.quickstart.rest.ContractAgreement;
import org.jangbu.quickstart.rest.RestClient;
import org.jangbu.quickstart.wildfly.ServerOptions;
import org.jangbu.tests.server.TestPorts;

/** A network of the quick start's making, whose server can be stopped at any {@link CrashStep} or {@link AdministrationStep} and killed there. */
final class CrashServer implements AutoCloseable {
    /** Below the API's root: the channel. */
    static final String CHANNEL = "channels/" + TrialNetwork.CHANNEL;

    private static final Duration REACHED = Duration.ofMinutes(2);

    private final Installation installation;
    private final Path triggers;

    private CrashServer(Installation installation, Path triggers) {
        this.installation = installation;
        this.triggers = triggers;
    }

    /** A new network, with the usual contracts defined. */
    static CrashServer start() throws Exception {
        Path folder = TestPorts.folder().resolve("crash");
        // Programs stay, they are the same each time.
        for (String data : List.of(
                "jangbu",
                "organizations",
                "postgres/data",
                "server/standalone/data",
                "server/standalone/log",
                "triggers")) {
            Folders.delete(folder.resolve(data));
        }
        Path triggers = Files.createDirectories(folder.resolve("triggers").toAbsolutePath());
        Path rules = folder.resolve("steps.btm").toAbsolutePath();
        try (InputStream script = Objects.requireNonNull(CrashServer.class.getResourceAsStream("steps.btm"))) {
            Files.copy(script, rules, StandardCopyOption.REPLACE_EXISTING);
        }
        ServerOptions options = ServerOptions.atOffset(TestPorts.ownServerOffset() + 20)
                .with(
                        "-javaagent:" + byteman() + "=boot:" + byteman() + ",script:" + rules,
                        "-Djangbu.crash.folder=" + triggers);
        CrashServer server = new CrashServer(Installation.in(folder, TestPorts.spare(8), options), triggers);
        server.installation.start();
        server.defineContracts();
        return server;
    }

    Installation installation() {
        return installation;
    }

    /** A client of the network as it is now; a killed server needs a new one. */
    RestClient client() {
        return new RestClient(installation.server().http(), QuickStartUsers.userOfOrg1());
    }

    /** Waits until a thread stands at that step, which any may be the first to reach, and kills the server there. */
    void killAt(Enum<?> step) throws IOException, InterruptedException {
        Path reached = triggers.resolve(step.name() + ".reached");
        Files.deleteIfExists(reached);
        Files.createFile(triggers.resolve(step.name() + ".armed"));
        await().pollInterval(Duration.ofMillis(10)).atMost(REACHED).until(() -> Files.exists(reached));
        installation.server().kill();
    }

    /** Starts the server and waits until it is ready. */
    void startAgain() throws IOException, InterruptedException, QuickStartException {
        installation.startServer();
    }

    private void defineContracts() throws IOException, InterruptedException, QuickStartException {
        ContractAgreement agreement =
                new ContractAgreement(installation.server().http(), QuickStartUsers.administrators());
        for (TrialContract contract : TrialContract.USUAL) {
            agreement.on(contract);
        }
    }

    private static Path byteman() throws URISyntaxException {
        return Path.of(org.jboss.byteman.agent.Main.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    @Override
    public void close() throws IOException, QuickStartException {
        installation.close();
    }
}
