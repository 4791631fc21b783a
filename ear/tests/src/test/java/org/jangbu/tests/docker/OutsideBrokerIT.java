package org.jangbu.tests.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jangbu.quickstart.Installation;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.machine.Narrator;
import org.jangbu.quickstart.rest.TransferDemonstration;
import org.jangbu.quickstart.wildfly.ServerEnvironment;
import org.jangbu.quickstart.wildfly.ServerOptions;
import org.jangbu.tests.server.TestPorts;
import org.junit.jupiter.api.Test;

/** The same application with a broker outside of its server, over TLS. */
class OutsideBrokerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder = TestPorts.folder().resolve("outside").toAbsolutePath();

    @Test
    void the_same_application_pays_through_a_broker_of_its_own_set_up_by_the_file_in_docker() throws Exception {
        Folders.delete(folder);
        Installation installation =
                Installation.in(folder, TestPorts.ownPostgres(), ServerOptions.atOffset(TestPorts.ownServerOffset()));
        try (installation) {
            ServerEnvironment environment = installation.environment();
            environment
                    .with("JANGBU_BROKER_HOST", "localhost")
                    .with("JANGBU_BROKER_PORT", Integer.toString(TestPorts.spare(5)))
                    .with("JANGBU_BROKER_TLS", "true")
                    .with("JANGBU_BROKER_TRUSTSTORE", folder.resolve("tls.p12").toString())
                    .with(
                            "JANGBU_BROKER_TRUSTSTORE_PASSWORD",
                            environment.variables().getOrDefault("JANGBU_TLS_PASSWORD", ""));
            installation.makeNetwork();
            installation.postgres().start();
            installation.prepareServer();
            installation.wildfly().runScript("outside-broker.cli", environment);
            OutsideBroker broker = broker(environment);
            try {
                installation.startServer();
                assertThat(pay(installation))
                        .contains("5. Validated    VALID", "balance of A: 9,000 won", "balance of B: 1,000 won");
                broker.restart();
                installation.server().awaitReady(PATIENCE);
                assertThat(pay(installation)).contains("balance of A: 9,000 won");
                await().atMost(PATIENCE)
                        .until(() -> broker.consumersOf("jangbu-ordering") > 0
                                && broker.consumersOf("jangbu-hearing-server1") > 0
                                && broker.consumersOf("jangbu-blocks-server1") > 0);
                installation.server().stop();

                withoutAnOrderer(installation, broker);
            } finally {
                broker.stop();
            }
        }
    }

    /** Its peers hear of blocks; batches are left to the orderers of other servers. */
    private void withoutAnOrderer(Installation installation, OutsideBroker broker) throws Exception {
        Path orderer = installation.network().home().resolve("nodes/orderer.example.com");
        Files.move(orderer, folder.resolve("orderer.example.com"));
        installation.environment().with("JANGBU_ORDERER", "false");
        installation.server().start();
        // Its ledgers are not ready: nobody here can tell them how many blocks there are.
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> health(installation).contains("\"jangbu.ear\":\"OK\""));
        // Message-driven beans find their way to a broker outside when they can, after the deployment.
        await().atMost(PATIENCE).until(() -> broker.consumersOf("jangbu-blocks-server1") > 0);
        assertThat(broker.consumersOf("jangbu-ordering")).isZero();
        assertThat(broker.consumersOf("jangbu-hearing-server1")).isZero();
        assertThat(pay(installation)).contains("balance of A: 9,000 won");
        installation.server().stop();
    }

    private static String health(Installation installation) throws IOException, InterruptedException {
        URI ready = installation.server().management().resolve("/health/ready");
        HttpRequest request =
                HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(10)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private OutsideBroker broker(ServerEnvironment environment) throws Exception {
        Map<String, String> passwords = new HashMap<>();
        ServerEnvironment.brokerAccounts()
                .forEach(account -> passwords.put(account, environment.brokerPasswordOf(account)));
        return new OutsideBroker(
                Artifacts.ofThisBuild().projectFolder().resolve("docker/broker/broker.xml"),
                folder.resolve("broker"),
                TestPorts.spare(5),
                folder.resolve("tls.p12"),
                environment.variables().getOrDefault("JANGBU_TLS_PASSWORD", ""),
                passwords);
    }

    private static String pay(Installation installation) throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        new TransferDemonstration(
                        new Narrator(new PrintStream(told, true, StandardCharsets.UTF_8)),
                        installation.server().http(),
                        QuickStartUsers.userOfOrg1(),
                        QuickStartUsers.administrators())
                .run();
        return told.toString(StandardCharsets.UTF_8);
    }
}
