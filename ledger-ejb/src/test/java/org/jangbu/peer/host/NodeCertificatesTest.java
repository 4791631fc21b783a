package org.jangbu.peer.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.model.health.HealthStatus;
import org.jangbu.msp.crypto.KeySecrets;
import org.jangbu.msp.cryptogen.NetworkMaterial;
import org.jangbu.msp.cryptogen.OrganizationSpec;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.msp.renewal.RenewalException;
import org.jangbu.msp.renewal.RenewalParts;
import org.jangbu.msp.renewal.RenewalSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
class NodeCertificatesTest {
    private static final OrganizationSpec ORG1 = new OrganizationSpec(
            OrganizationSpec.Kind.PEER,
            new MspId("Org1MSP"),
            "org1.example.com",
            List.of(new NodeName("peer0.org1.example.com")),
            List.of("User1"));

    private final HealthRegistry health = new HealthRegistry();

    @TempDir
    Path home;

    private Path node;
    private Path user;

    @BeforeEach
    void make() throws Exception {
        Path material = home.resolve("material");
        NetworkMaterial.generate(material, List.of(ORG1), Clock.systemUTC());
        Path organization = ORG1.folder(material);
        Files.move(organization.resolve("peers"), home.resolve("nodes"));
        node = home.resolve("nodes/peer0.org1.example.com");
        user = organization.resolve("users/User1@org1.example.com/msp");
        Files.writeString(
                node.resolve("node.properties"), "role=peer\nmspId=Org1MSP\naddress=peer0.org1.example.com:7051\n");
    }

    @Test
    void all_who_host_a_node_sign_with_what_an_administrator_has_put_in_its_folder() throws Exception {
        NodeDirectory directory = new NodeDirectory(home);
        LocalNode one = directory.nodes().get(0);
        LocalNode other = directory.nodes().get(0);
        assertThat(other.signer()).as("one signer for a node").isSameAs(one.signer());
        NodeCertificates certificates = certificates(directory, Map.of());
        certificates.look();
        var former = one.signer().certificate();

        Files.copy(
                user.resolve("keystore/priv_sk"),
                node.resolve("msp/keystore/other_sk"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(
                user.resolve("signcerts/User1@org1.example.com-cert.pem"),
                node.resolve("msp/signcerts/peer0.org1.example.com-cert.pem"),
                StandardCopyOption.REPLACE_EXISTING);
        certificates.look();
        assertThat(other.signer().certificate())
                .isNotEqualTo(former)
                .isEqualTo(LocalMsp.read(user, new MspId("Org1MSP"))
                        .signingIdentity()
                        .certificate());
        certificates.close();
    }

    @Test
    void an_authority_that_answers_nothing_is_named_in_health_which_stays_up() throws Exception {
        Files.copy(node.resolve("tls/ca.crt"), node.resolve("authorities.pem"));
        Files.writeString(
                node.resolve("renewal.properties"), "ca.address=https://127.0.0.1:1\ntrust=authorities.pem\n");
        NodeCertificates certificates = certificates(
                new NodeDirectory(home),
                Map.of("jangbu.renewal.share", "0.0000001", "jangbu.renewal.retry", "PT0.001S"));
        for (int i = 0; i < 1_000 && status().detail().isEmpty(); i++) {
            certificates.look();
        }
        assertThat(status().well()).isTrue();
        assertThat(status().detail()).contains("peer0.org1.example.com", "nobody is there");
        certificates.close();
        assertThat(health.check(HealthKind.READINESS)).isEmpty();
    }

    @Test
    void settings_that_name_no_node_of_this_server_are_told_and_tried_again() {
        NodeCertificates certificates =
                certificates(new NodeDirectory(home), Map.of("jangbu.tls.node", "peer9.org1.example.com"));
        certificates.look();
        certificates.look();
        assertThat(status().detail()).contains("peer9.org1.example.com");
        certificates.close();
    }

    private HealthStatus status() {
        return health.check(HealthKind.READINESS).getOrDefault("renewal", HealthStatus.down("missing"));
    }

    private NodeCertificates certificates(NodeDirectory directory, Map<String, String> settings) {
        RenewalParts parts = new RenewalParts(
                KeySecrets.NONE,
                (authority, caller, request, profile) -> {
                    throw new RenewalException("nobody is there");
                },
                RevocationSource.NONE,
                HostMetrics.NONE::certificateRenewal,
                Clock.systemUTC(),
                new Random(1));
        return new NodeCertificates(
                directory,
                RenewalSettings.read(key -> Optional.ofNullable(settings.get(key))),
                parts,
                Optional.empty(),
                health);
    }
}
