package org.jangbu.tests.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jangbu.quickstart.Installation;
import org.jangbu.quickstart.postgres.PostgresServer;
import org.jangbu.tests.network.Management;
import org.jangbu.tests.network.Network;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.server.TrialServer;
import org.junit.jupiter.api.Test;

class HealthIT extends NetworkTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void each_kind_tells_of_its_parts_on_the_management_port() throws Exception {
        assertThat(get(management("/health/started")))
                .contains("jangbu-startup", "ledgers")
                .doesNotContain("DOWN");
        assertThat(get(management("/health/live")))
                .contains("jangbu-liveness", "peers")
                .doesNotContain("DOWN");
        assertThat(get(management("/health/ready")))
                .contains("jangbu-readiness", "database", "broker", "\"certificates\":\"UP\"")
                // What the quick start installs.
                .containsPattern("\"crypto\":\"UP: (Amazon|BC )")
                .contains("ledger peer0.org1.example.com/channel1", "ledger peer0.org2.example.com/channel1")
                .doesNotContain("DOWN");
    }

    @Test
    void the_part_that_fails_is_named_and_a_restart_of_the_server_is_not_asked_for() throws Exception {
        PostgresServer postgres = TrialServer.installation().postgres();
        postgres.stop();
        try {
            await().atMost(PATIENCE).until(() -> Network.status(Network.managementHealth()) == 503);
            assertThat(get(Network.managementHealth())).contains("\"database\":\"DOWN");
            // The application's own door says what it saw up to a second ago.
            await().atMost(PATIENCE).until(() -> Network.status(Network.applicationHealth()) == 503);
            assertThat(get(Network.applicationHealth())).contains("\"name\":\"database\",\"status\":\"DOWN\"");
            assertThat(Network.status(management("/health/live"))).isEqualTo(200);
        } finally {
            postgres.start();
        }
        await().atMost(PATIENCE).until(() -> Network.status(Network.managementHealth()) == 200);
    }

    @Test
    void metrics_of_server_and_application_are_there_in_prometheus_format() throws Exception {
        assertThat(get(management("/metrics")))
                .contains(
                        "# TYPE",
                        "endorser_proposals_received_total",
                        "certificate_not_after_seconds{",
                        "undertow_",
                        "jvm_");
    }

    @Test
    void figures_are_those_of_the_application_that_runs_now() throws Exception {
        network.assertWorks();
        Management.redeploy();
        network.awaitReady();
        network.assertWorks();
        assertThat(get(management("/metrics")))
                .containsPattern("ledger_blockchain_height\\{[^}]*channel=\"channel1\"[^}]*\\} [0-9]")
                .doesNotContainPattern("\n(ledger|deliver|certificate)_[^\n]* NaN");
    }

    private static URI management(String path) {
        Installation installation = TrialServer.installation();
        return installation.server().management().resolve(path);
    }

    private String get(URI address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
