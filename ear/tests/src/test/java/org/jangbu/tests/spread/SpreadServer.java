package org.jangbu.tests.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jangbu.msp.renewal.HttpsStore;
import org.jangbu.msp.renewal.TlsFiles;
import org.jangbu.quickstart.AssembleServer;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.quickstart.postgres.PostgresServer;
import org.jspecify.annotations.Nullable;

/** One of several servers: a folder of the image's making with its {@code start.sh}, a home with some organisations' nodes, a PostgreSQL of its own. */
final class SpreadServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String TLS_PASSWORD = "tls-secret";
    private static final int UP = 200;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path folder;
    private final int offset;
    private final List<SpreadOrganization> organizations;
    private final PostgresServer postgres;
    private final Map<String, String> environment = new TreeMap<>();
    private @Nullable Process running;

    /**
     * A server that is not there yet.
     *
     * @param name unique among those of a broker
     * @param offset added to all of its ports
     * @param organizations whose nodes it hosts
     */
    SpreadServer(Path parent, String name, int offset, int postgresPort, List<SpreadOrganization> organizations) {
        this.folder = parent.resolve(name);
        this.offset = offset;
        this.organizations = organizations;
        this.postgres = new PostgresServer(folder.resolve("postgres"), postgresPort, "database secret of " + name);
        environment.put("JANGBU_SERVER_NAME", name);
        environment.put("JANGBU_HOME", home().toString());
        environment.put("JANGBU_DB_URL", postgres.url());
        environment.put("JANGBU_DB_USER", postgres.user());
        environment.put("JANGBU_DB_PASSWORD", postgres.password());
        environment.put("JANGBU_TLS_KEYSTORE", keyStore().toString());
        environment.put("JANGBU_TLS_PASSWORD", TLS_PASSWORD);
    }

    /** Sets a variable for its next starts. */
    SpreadServer with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path home() {
        return folder.resolve("jangbu");
    }

    /** Of its HTTPS, with key and certificate of its first organisation's node. */
    Path keyStore() {
        return folder.resolve("tls.p12");
    }

    String keyStorePassword() {
        return TLS_PASSWORD;
    }

    /** Where a node of it answers gRPC. */
    int grpcPort(SpreadOrganization organization) {
        return organization.port() + offset;
    }

    /** As the channel's configuration names the node. */
    String address(SpreadOrganization organization) {
        return organization.node() + ":" + grpcPort(organization);
    }

    String https() {
        return "https://localhost:" + (8443 + offset);
    }

    /** Puts its folder together, and the folders of its nodes. */
    void assemble(Path material, List<SpreadOrganization> consortium) throws Exception {
        AssembleServer.assemble(folder.resolve("server"), Artifacts.ofThisBuild());
        for (SpreadOrganization organization : organizations) {
            Path node = home().resolve("nodes").resolve(organization.node());
            Path made = organization.nodeFolder(material);
            Folders.copy(made.resolve("msp"), node.resolve("msp"));
            Folders.copy(made.resolve("tls"), node.resolve("tls"));
            Files.writeString(
                    node.resolve("node.properties"),
                    "role=" + (organization.orders() ? "orderer" : "peer") + "\nmspId=" + organization.mspId()
                            + (organization.orders() ? "" : "\nendorsing=true") + "\naddress=" + address(organization)
                            + "\n",
                    StandardCharsets.UTF_8);
            Files.writeString(
                    node.resolve("grpc.properties"),
                    "listen=127.0.0.1:" + organization.port() + "\nclient-certificates="
                            + (organization.demandsCertificates() ? "required" : "none") + "\n");
            if (organization.orders()) {
                writeConsortium(node.resolve("consortium"), material, consortium);
            }
        }
        Folders.copy(Artifacts.ofThisBuild().shimLibraries(), home().resolve("lib/shim"));
        new HttpsStore(keyStore(), TLS_PASSWORD)
                .write(new TlsFiles(organizations.get(0).nodeFolder(material).resolve("tls"), "").read());
    }

    private static void writeConsortium(Path consortium, Path material, List<SpreadOrganization> members)
            throws IOException {
        Files.createDirectories(consortium);
        Files.writeString(consortium.resolve("consortium.properties"), """
                name=SpreadConsortium
                channelCreationPolicy=ANY Admins
                """);
        for (SpreadOrganization member : members) {
            Folders.copy(member.msp(material), consortium.resolve(member.mspId()));
        }
    }

    /** Lets a package run in it. */
    void allow(String packageId) throws IOException {
        Files.writeString(Files.createDirectories(home().resolve("packages")).resolve("allowed"), packageId + "\n");
    }

    void startDatabase() throws Exception {
        postgres.start();
    }

    /** Begins to start; {@link #awaitReady} waits for the end of it. */
    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                folder.resolve("server/start.sh").toString(), "-Djboss.socket.binding.port-offset=" + offset);
        builder.environment().keySet().removeIf(name -> name.startsWith("JANGBU_"));
        builder.environment().putAll(environment);
        builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
        running = builder.redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    void awaitReady() throws IOException {
        Process process = process();
        await().atMost(PATIENCE).until(() -> isReady() || !process.isAlive());
        assertThat(process.isAlive()).as("%s", told()).isTrue();
    }

    /** Asks it to stop, as an operator does, and waits until it has. */
    void stop() throws InterruptedException {
        process().destroy();
        assertThat(process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        running = null;
    }

    private Process process() {
        if (running == null) {
            throw new IllegalStateException("the server in " + folder + " does not run");
        }
        return running;
    }

    private boolean isReady() throws InterruptedException {
        URI health = URI.create("http://127.0.0.1:" + (9990 + offset) + "/health/ready");
        try {
            HttpRequest request = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == UP;
        } catch (IOException e) {
            // Not listening: not ready.
            return false;
        }
    }

    private Path output() {
        return folder.resolve("start.sh.txt");
    }

    /** What it has printed since it was started. */
    private String told() throws IOException {
        return Files.readString(output(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException, QuickStartException {
        try {
            if (running != null) {
                stop();
            }
        } catch (InterruptedException e) {
            // Whoever interrupts wants it quickly.
            process().destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            postgres.close();
        }
    }
}
