package org.jangbu.peer.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.model.health.HealthStatus;
import org.jangbu.msp.cryptogen.NetworkMaterial;
import org.jangbu.msp.cryptogen.OrganizationSpec;
import org.jangbu.msp.expiry.CertificateKind;
import org.jangbu.msp.expiry.CertificateWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityHealthTest {
    private static final HealthStatus MISSING = HealthStatus.down("");

    private final HealthRegistry health = new HealthRegistry();

    @TempDir
    Path folder;

    @Test
    void provider_and_certificates_are_in_health_while_it_is_open() throws Exception {
        IdentityHealth identities = identities("P30D", new HashMap<>());
        identities.look();
        Map<String, HealthStatus> answers = health.check(HealthKind.READINESS);
        assertThat(answers).containsOnlyKeys("certificates", "crypto");
        assertThat(answers.getOrDefault("crypto", MISSING).detail()).isNotEmpty();
        assertThat(answers.getOrDefault("certificates", MISSING)).isEqualTo(HealthStatus.up());
        identities.close();
        assertThat(health.check(HealthKind.READINESS)).isEmpty();
    }

    @Test
    void how_early_to_warn_is_a_setting() throws Exception {
        IdentityHealth identities = identities("P4000D", new HashMap<>());
        identities.look();
        assertThat(health.check(HealthKind.READINESS).get("certificates"))
                .satisfies(status -> assertThat(status.well()).isTrue())
                .satisfies(status -> assertThat(status.detail()).startsWith("warning: "));
    }

    @Test
    void each_kind_of_certificate_of_a_node_has_one_gauge() throws Exception {
        Map<String, DoubleSupplier> gauges = new HashMap<>();
        IdentityHealth identities = identities("P30D", gauges);
        identities.look();
        identities.look();
        assertThat(gauges.keySet())
                .containsExactlyInAnyOrder(
                        "peer0.org1.example.com IDENTITY",
                        "peer0.org1.example.com TLS",
                        "peer0.org1.example.com CA",
                        "peer0.org1.example.com TLS_CA");
        double inNineYears = Instant.now().plus(Duration.ofDays(9 * 365)).getEpochSecond();
        assertThat(gauges.values()).allMatch(gauge -> gauge.getAsDouble() > inNineYears);
        Files.delete(folder.resolve("nodes/peer0.org1.example.com/tls/server.crt"));
        identities.look();
        assertThat(gauges.getOrDefault("peer0.org1.example.com TLS", () -> 0).getAsDouble())
                .isNaN();
    }

    private IdentityHealth identities(String warning, Map<String, DoubleSupplier> gauges) throws Exception {
        Path material = folder.resolve("material");
        OrganizationSpec organization = new OrganizationSpec(
                OrganizationSpec.Kind.PEER,
                new MspId("Org1MSP"),
                "org1.example.com",
                List.of(new NodeName("peer0.org1.example.com")),
                List.of());
        NetworkMaterial.generate(material, List.of(organization), Clock.systemUTC());
        Files.move(organization.folder(material).resolve("peers"), folder.resolve("nodes"));
        CertificateWatch watch = IdentityHealth.watch(
                folder,
                key -> Optional.of(warning).filter(value -> key.equals("jangbu.certificates.warning")),
                Clock.systemUTC());
        return new IdentityHealth(watch, health, new Recording(gauges));
    }

    /** Remembers the gauges. */
    private record Recording(Map<String, DoubleSupplier> gauges) implements HostMetrics {
        @Override
        public void certificate(String holder, CertificateKind kind, DoubleSupplier end) {
            assertThat(gauges.put(holder + " " + kind, end)).isNull();
        }
    }
}
