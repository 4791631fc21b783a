package org.jangbu.tests.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.ChildProcess;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.machine.Ports;
import org.jangbu.quickstart.machine.Secrets;
import org.jangbu.quickstart.postgres.PostgresServer;
import org.jangbu.quickstart.rest.RestClient;
import org.jangbu.tests.server.TestPorts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The one command, as a process of its own: what it says, what it leaves behind, and what it finds again. */
class QuickStartIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int TERMINATED = 143;
    private static final String EVERY_BLOCK = "channels/channel1/blocks?from=0&limit=100";

    private final Path folder = TestPorts.folder().resolve("quickstart").toAbsolutePath();
    private final Path run = folder.resolve("run");
    private final Path output = folder.resolve("output.txt");
    private @Nullable Process launcher;

    @BeforeEach
    void clean() throws IOException {
        Folders.delete(folder);
        Files.createDirectories(folder);
    }

    @AfterEach
    void end() throws InterruptedException {
        if (launcher != null && launcher.isAlive()) {
            launcher.destroy();
            launcher.waitFor();
        }
    }

    @Test
    void pays_tells_keeps_its_data_and_leaves_nothing_running() throws Exception {
        start();
        awaitServing();
        assertThat(told())
                .contains("peer0.org1.example.com (Org1MSP) status 200", "peer0.org2.example.com (Org2MSP) status 200")
                .contains("write remittance/A", "previous hash", "5. Validated    VALID")
                .contains("balance of A: 9,000 won", "balance of B: 1,000 won");
        assertThat(setting("fsync")).isEqualTo("on");
        JsonObject head = asked("channels/channel1");
        JsonObject blocks = asked(EVERY_BLOCK);
        assertThat(blocks.getJsonArray("blocks")).hasSize(head.getInt("height"));
        endsCleanly();

        start();
        awaitServing();
        assertThat(told())
                .contains("The ledger is as it was left", "balance of A: 9,000 won", "balance of B: 1,000 won")
                .doesNotContain("5. Validated");
        assertThat(asked("channels/channel1")).isEqualTo(head);
        assertThat(asked(EVERY_BLOCK)).isEqualTo(blocks);
        endsCleanly();
    }

    // Two more starts; at each build PostgresServerTest ends a database that was left behind.
    @Test
    @Tag("soak")
    void ends_the_servers_that_a_killed_launcher_left_behind_and_goes_on() throws Exception {
        start();
        awaitServing();
        JsonObject head = asked("channels/channel1");
        launcher().destroyForcibly().waitFor();
        assertThat(ChildProcess.leftBehind(run.resolve("postgres/postgres.pid")))
                .isPresent();
        assertThat(ChildProcess.leftBehind(run.resolve("server/jangbu/wildfly.pid")))
                .isPresent();
        start();
        awaitServing();
        assertThat(asked("channels/channel1")).isEqualTo(head);
        endsCleanly();
    }

    private void start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                "org.jangbu.quickstart.QuickStart",
                "--run-folder=" + run,
                "--port-offset=" + TestPorts.ownServerOffset(),
                "--postgres-port=" + TestPorts.ownPostgres());
        launcher = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private void awaitServing() throws IOException {
        await().atMost(PATIENCE)
                .until(() ->
                        told().contains("Serving until Ctrl-C") || !launcher().isAlive());
        assertThat(told()).contains("Serving until Ctrl-C");
    }

    private void endsCleanly() throws Exception {
        launcher().destroy();
        assertThat(launcher().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(launcher().exitValue()).isEqualTo(TERMINATED);
        assertThat(told()).contains("stopped; all data is kept");
        assertThat(ChildProcess.leftBehind(run.resolve("postgres/postgres.pid")))
                .isEmpty();
        assertThat(ChildProcess.leftBehind(run.resolve("server/jangbu/wildfly.pid")))
                .isEmpty();
        assertThat(Ports.isFree(TestPorts.ownPostgres())).isTrue();
        assertThat(Ports.isFree(8080 + TestPorts.ownServerOffset())).isTrue();
        assertThat(Files.readString(run.resolve("postgres/postgres.log"))).contains("database system is shut down");
        assertThat(Files.readAllLines(run.resolve("server/standalone/log/server.log")))
                .isNotEmpty()
                .noneMatch(line -> line.contains(" ERROR ") || line.contains(" FATAL "));
    }

    private static JsonObject asked(String path) throws Exception {
        URI server = URI.create("http://127.0.0.1:" + (8080 + TestPorts.ownServerOffset()));
        return new RestClient(server, QuickStartUsers.userOfOrg1()).get(path);
    }

    private String setting(String name) throws Exception {
        String password = Secrets.in(run.resolve("secrets.properties")).get("database.password");
        PostgresServer database = new PostgresServer(run.resolve("postgres"), TestPorts.ownPostgres(), password);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW " + name)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private String told() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private Process launcher() {
        if (launcher == null) {
            throw new IllegalStateException("not started");
        }
        return launcher;
    }
}
