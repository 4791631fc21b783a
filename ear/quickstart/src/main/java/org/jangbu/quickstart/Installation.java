package org.jangbu.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.jangbu.msp.renewal.HttpsStore;
import org.jangbu.msp.renewal.TlsFiles;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.machine.Secrets;
import org.jangbu.quickstart.network.TrialContract;
import org.jangbu.quickstart.network.TrialNetwork;
import org.jangbu.quickstart.postgres.OutsideDatabase;
import org.jangbu.quickstart.postgres.PostgresServer;
import org.jangbu.quickstart.wildfly.ServerEnvironment;
import org.jangbu.quickstart.wildfly.ServerOptions;
import org.jangbu.quickstart.wildfly.WildFlyInstallation;
import org.jangbu.quickstart.wildfly.WildFlyServer;
import org.jspecify.annotations.Nullable;

/**
 * Everything one folder holds: secrets, PostgreSQL, WildFly with the application, and the network with its ledgers. The quick start and the tests both put
 * their servers up in this way, and may start, stop and kill each part on its own.
 */
public final class Installation implements AutoCloseable {
    private static final Duration READY_PATIENCE = Duration.ofMinutes(5);

    private final Artifacts artifacts;
    private final PostgresServer postgres;
    private final WildFlyInstallation wildfly;
    private final WildFlyServer server;
    private final ServerEnvironment environment;
    private final TrialNetwork network;
    private final Path keyStore;
    private final String keyStorePassword;
    private final String identitiesSecret;
    private @Nullable OutsideDatabase outside;

    private Installation(
            Path folder, int postgresPort, ServerOptions options, Artifacts artifacts, TrialNetwork network)
            throws IOException {
        Secrets secrets = Secrets.in(folder.resolve("secrets.properties"));
        this.artifacts = artifacts;
        this.postgres = new PostgresServer(folder.resolve("postgres"), postgresPort, secrets.get("database.password"));
        this.network = network;
        this.identitiesSecret = secrets.get("identities.secret");
        this.keyStore = folder.resolve("tls.p12").toAbsolutePath();
        this.keyStorePassword = secrets.get("tls.password");
        this.environment = new ServerEnvironment()
                .serverName("server1")
                .home(network.home().toString())
                .database(postgres.url(), postgres.user(), postgres.password())
                .tls(keyStore.toString(), keyStorePassword)
                .with("JANGBU_TLS_NODE", network.tlsNode().value())
                .identitiesSecret(identitiesSecret)
                .with("JANGBU_CA_SIGN_IN", "true");
        for (String account : ServerEnvironment.brokerAccounts()) {
            environment.brokerPassword(account, secrets.get("broker." + account + ".password"));
        }
        this.wildfly = new WildFlyInstallation(folder.resolve("server"), artifacts);
        this.server = new WildFlyServer(wildfly, environment, options);
    }

    /** An installation in a folder, which need not be there yet; nothing is started. */
    public static Installation in(Path folder, int postgresPort, ServerOptions options) throws IOException {
        return in(folder, postgresPort, options, TrialContract.USUAL);
    }

    /** The same with other contracts than the usual ones. */
    public static Installation in(Path folder, int postgresPort, ServerOptions options, List<TrialContract> contracts)
            throws IOException {
        Path absolute = folder.toAbsolutePath();
        Artifacts artifacts = Artifacts.ofThisBuild();
        return new Installation(
                absolute, postgresPort, options, artifacts, new TrialNetwork(absolute, artifacts, contracts));
    }

    /** The same with a consortium in which no channel has been founded yet. */
    public static Installation withoutChannel(Path folder, int postgresPort, ServerOptions options) throws IOException {
        Path absolute = folder.toAbsolutePath();
        Artifacts artifacts = Artifacts.ofThisBuild();
        return new Installation(
                absolute, postgresPort, options, artifacts, TrialNetwork.withoutChannel(absolute, artifacts));
    }

    public PostgresServer postgres() {
        return postgres;
    }

    public WildFlyInstallation wildfly() {
        return wildfly;
    }

    public WildFlyServer server() {
        return server;
    }

    public TrialNetwork network() {
        return network;
    }

    /** What the server finds in its environment; may be added to before {@link #startServer}. */
    public ServerEnvironment environment() {
        return environment;
    }

    /** Has the server use a database that somebody else runs; this installation's own is not started then. */
    public void useDatabase(OutsideDatabase database) {
        outside = database;
        environment.database(database.url(), database.user(), database.password());
    }

    /** Where the world state is. */
    public String databaseUrl() {
        return outside == null ? postgres.url() : outside.url();
    }

    /** Starts the database, or makes sure that the one of somebody else can be used. */
    public void startDatabase() throws IOException, QuickStartException, InterruptedException {
        if (outside == null) {
            postgres.start();
        } else {
            outside.check();
        }
    }

    /** Makes the network's material if there is none, and the key store of the server's HTTPS from it. */
    public void makeNetwork() throws IOException, QuickStartException, GeneralSecurityException {
        network.make(identitiesSecret, QuickStartUsers.all());
        network.nameAuthorities(server::authority);
        new HttpsStore(keyStore, keyStorePassword).write(new TlsFiles(network.tlsFolder(), "").read());
    }

    /** Unpacks and configures WildFly where that has not been done, and puts the application in place. */
    public void prepareServer() throws IOException, QuickStartException, InterruptedException {
        wildfly.prepare(environment);
        wildfly.deploy(artifacts.application());
    }

    /** As {@link #prepareServer}, without the application: whoever wants it deploys it. */
    public void prepareBareServer() throws IOException, QuickStartException, InterruptedException {
        wildfly.prepare(environment);
    }

    /** Starts WildFly and waits until it is ready. */
    public void startServer() throws IOException, QuickStartException, InterruptedException {
        server.start();
        server.awaitReady(READY_PATIENCE);
    }

    /** All of it, from whatever is there to a server that is ready. */
    public void start() throws IOException, QuickStartException, InterruptedException, GeneralSecurityException {
        makeNetwork();
        startDatabase();
        prepareServer();
        startServer();
    }

    /** Stops the server, then the database if it is this installation's own. */
    @Override
    public void close() throws IOException, QuickStartException {
        try {
            server.close();
        } finally {
            postgres.close();
        }
    }
}
