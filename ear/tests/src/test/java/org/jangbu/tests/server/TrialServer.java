package org.jangbu.tests.server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.model.ChannelId;
import org.jangbu.quickstart.Installation;
import org.jangbu.quickstart.machine.ChildProcess;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.quickstart.network.TrialNetwork;
import org.jangbu.quickstart.wildfly.ServerOptions;
import org.jangbu.web.testing.StandInIssuer;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL and WildFly as the quick start sets them up, started once for all tests of a run, with data of this run alone. The application is not in it:
 * Arquillian deploys that. Its broker may be reached from outside on one port more.
 */
public final class TrialServer {
    public static final ChannelId CHANNEL = new ChannelId(TrialNetwork.CHANNEL);
    /** The contract that misbehaves. */
    public static final TrialContract PROBE = new TrialContract("probe", "ear/tests/probe/target/probe.tgz");
    /** Everything that is defined on the channel before the first test. */
    public static final List<TrialContract> CONTRACTS = contracts();

    /** So long may one call of a contract run in this server; the usual time would only make the tests wait. */
    public static final Duration CONTRACT_TIMEOUT = Duration.ofSeconds(5);

    /** So long may a reader of events take nothing. */
    public static final Duration EVENT_PATIENCE = Duration.ofSeconds(2);

    private static final Duration BOOT = Duration.ofMinutes(3);
    private static final String OPEN_A_PORT = """
            embed-server --server-config=standalone-full.xml --std-out=echo
            /socket-binding-group=standard-sockets/socket-binding=test-broker:add(port=%d, fixed-port=true)
            /subsystem=messaging-activemq/server=default/remote-acceptor=test:add(socket-binding=test-broker)
            stop-embedded-server
            """;

    private static @Nullable Installation running;

    private TrialServer() {}

    /** The installation that has been started. */
    public static synchronized Installation installation() {
        if (running == null) {
            throw new IllegalStateException(
                    "the tests' server has not been started: it is Arquillian's first event that does");
        }
        return running;
    }

    /** Where the broker listens for tests. */
    public static int brokerPort() {
        return TestPorts.spare(2);
    }

    /** Where the tests' issuer of OpenID Connect listens while a test needs it. */
    public static int issuerPort() {
        return TestPorts.spare(3);
    }

    /** Where that issuer sends visitors back. */
    public static URI redirect() {
        return URI.create("http://127.0.0.1:" + (8080 + TestPorts.offset()) + "/sign-in/oidc/callback");
    }

    private static String[] openIdConnect() {
        return new String[] {
            "-Djangbu.oidc.issuer=http://127.0.0.1:" + issuerPort(),
            "-Djangbu.oidc.audience=" + StandInIssuer.AUDIENCE,
            "-Djangbu.oidc.client-id=" + StandInIssuer.CLIENT,
            "-Djangbu.oidc.client-secret=" + StandInIssuer.SECRET,
            "-Djangbu.oidc.redirect=" + redirect()
        };
    }

    /** Everything that the server of this run keeps. */
    static Path folder() {
        return TestPorts.folder().resolve("network");
    }

    static synchronized void start() throws Exception {
        Path folder = folder();
        forgetLastRun(folder);
        Installation installation = Installation.in(
                folder,
                TestPorts.postgres(),
                ServerOptions.atOffset(TestPorts.offset())
                        .with("-Djangbu.chaincode.timeout=" + CONTRACT_TIMEOUT)
                        .with("-Djangbu.rest.event-patience=" + EVENT_PATIENCE.toSeconds())
                        .with(openIdConnect()),
                CONTRACTS);
        running = installation;
        installation.makeNetwork();
        SevenPeers.addTo(installation);
        installation.postgres().start();
        installation.prepareBareServer();
        openBroker(installation);
        installation.server().start();
        installation.server().awaitReady(BOOT);
    }

    static synchronized void stop() throws Exception {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    private static void openBroker(Installation installation) throws Exception {
        Path configuration = installation.wildfly().configurationFile();
        if (!Files.readString(configuration, StandardCharsets.UTF_8).contains("test-broker")) {
            installation
                    .wildfly()
                    .runScript("open-broker.cli", OPEN_A_PORT.formatted(brokerPort()), installation.environment());
        }
        Files.copy(configuration, asConfigured(configuration), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Programs stay, they are the same each time; network, ledgers, database, broker's journal and deployments go. */
    private static void forgetLastRun(Path folder) throws IOException, InterruptedException {
        for (String left : List.of("server/jangbu/wildfly.pid", "postgres/postgres.pid")) {
            ProcessHandle process =
                    ChildProcess.leftBehind(folder.resolve(left)).orElse(null);
            if (process != null) {
                ChildProcess.end(process, BOOT);
            }
        }
        for (String data :
                List.of("jangbu", "organizations", SevenPeers.FOLDER, "postgres/data", "server/standalone/data")) {
            Folders.delete(folder.resolve(data));
        }
        Path configuration = folder.resolve("server/standalone/configuration/standalone-full.xml");
        if (Files.exists(asConfigured(configuration))) {
            // A run that did not end well leaves its deployment behind.
            Files.copy(asConfigured(configuration), configuration, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path asConfigured(Path configuration) {
        return configuration.resolveSibling("standalone-full.xml.configured");
    }

    private static List<TrialContract> contracts() {
        List<TrialContract> all = new ArrayList<>(TrialContract.USUAL);
        all.add(PROBE);
        return List.copyOf(all);
    }
}
