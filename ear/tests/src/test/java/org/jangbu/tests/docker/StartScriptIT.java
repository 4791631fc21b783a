package org.jangbu.tests.docker;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jangbu.quickstart.AssembleServer;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.postgres.PostgresServer;
import org.jangbu.tests.server.TestPorts;
import org.junit.jupiter.api.Test;

class StartScriptIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int REFUSED = 78;
    private static final int UP = 200;

    private final Path folder = TestPorts.folder().resolve("plain").toAbsolutePath();
    private final Path server = folder.resolve("server");

    @Test
    void refuses_without_its_secrets_and_with_them_becomes_a_server_that_stops_when_told() throws Exception {
        Folders.delete(folder);
        AssembleServer.assemble(server, Artifacts.ofThisBuild());
        assertThat(run("start.sh", Map.of("JANGBU_DB_USER", "jangbu", "JANGBU_HOME", folder.toString())))
                .isEqualTo(REFUSED);
        assertThat(output("start.sh"))
                .contains(
                        "not set: JANGBU_DB_URL",
                        "JANGBU_DB_PASSWORD",
                        "JANGBU_TLS_PASSWORD",
                        "JANGBU_JMS_ORDERER_PASSWORD");

        try (PostgresServer postgres =
                new PostgresServer(folder.resolve("postgres"), TestPorts.ownPostgres(), "database secret")) {
            postgres.start();
            Map<String, String> environment = environment(postgres);
            assertThat(run(
                            "make-network.sh",
                            environment,
                            folder.resolve("network").toString()))
                    .as("%s", output("make-network.sh"))
                    .isZero();
            Process running =
                    start("start.sh", environment, "-Djboss.socket.binding.port-offset=" + TestPorts.ownServerOffset());
            try {
                await().atMost(PATIENCE).until(() -> isReady() || !running.isAlive());
                assertThat(running.isAlive()).as("%s", output("start.sh")).isTrue();
                assertThat(run(
                                "healthy.sh",
                                Map.of("JANGBU_MANAGEMENT_PORT", Integer.toString(9990 + TestPorts.ownServerOffset()))))
                        .isZero();
            } finally {
                running.destroy();
                assertThat(running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            }
            assertThat(isReady()).isFalse();
        }
    }

    private Map<String, String> environment(PostgresServer postgres) {
        Map<String, String> environment = new HashMap<>();
        environment.put("JANGBU_HOME", folder.resolve("network/jangbu").toString());
        environment.put("JANGBU_DB_URL", postgres.url());
        environment.put("JANGBU_DB_USER", postgres.user());
        environment.put("JANGBU_DB_PASSWORD", postgres.password());
        environment.put("JANGBU_TLS_KEYSTORE", folder.resolve("network/tls.p12").toString());
        environment.put("JANGBU_TLS_PASSWORD", "tls secret");
        environment.put("JANGBU_IDENTITIES_SECRET", "identities secret");
        environment.put("JANGBU_TRIAL_USER_PASSWORD", "user secret");
        environment.put("JANGBU_TRIAL_ADMIN_PASSWORD", "admin secret");
        for (String account : List.of("ORDERER", "BROADCASTER", "COMMITTER")) {
            environment.put("JANGBU_JMS_" + account + "_PASSWORD", account + " secret");
        }
        return environment;
    }

    private boolean isReady() throws InterruptedException {
        URI health = URI.create("http://127.0.0.1:" + (9990 + TestPorts.ownServerOffset()) + "/health/ready");
        try {
            HttpRequest request = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == UP;
        } catch (IOException e) {
            // Not listening: not ready.
            return false;
        }
    }

    private int run(String script, Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(script, environment, arguments);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Process start(String script, Map<String, String> environment, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(server.resolve(script).toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
        return builder.redirectErrorStream(true)
                .redirectOutput(outputOf(script).toFile())
                .start();
    }

    private String output(String script) throws IOException {
        return Files.readString(outputOf(script), StandardCharsets.UTF_8);
    }

    private Path outputOf(String script) {
        return folder.resolve(script + ".txt");
    }
}
