package org.jangbu.msp.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jangbu.model.NodeName;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.ChannelMembership;
import org.jangbu.msp.membership.RevocationNews;
import org.jangbu.msp.policy.NodePrincipal;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
class CertificateRenewalTest {
    private static final ByteString MESSAGE = ByteString.copyFromUtf8("message");

    @TempDir
    Path folder;

    private RenewedNodeFixture node;

    @BeforeEach
    void enroll() throws Exception {
        node = new RenewedNodeFixture(folder);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void nothing_happens_before_it_is_time() throws Exception {
        var before = files();
        CertificateRenewal server = node.server();
        server.look();
        node.clock.advance(Duration.ofDays(200));
        server.look();
        assertThat(node.attempts).isEmpty();
        assertThat(files()).isEqualTo(before);
        assertThat(node.ca.bodies()).isEmpty();
    }

    @Test
    void a_store_that_the_server_read_at_its_start_is_read_again_only_when_it_is_another() throws Exception {
        Files.setLastModifiedTime(node.store, FileTime.fromMillis(0));
        CertificateRenewal server = node.server();
        server.look();
        assertThat(node.reloads).isZero();
        new HttpsStore(node.store, RenewedNodeFixture.PASSWORD).write(node.tls().read());
        server.look();
        assertThat(node.reloads).isEqualTo(1);
    }

    @Test
    void a_node_gets_new_certificates_and_keys_and_keeps_its_place_in_policies() throws Exception {
        SigningIdentity former = node.signer.current();
        X509Certificate formerTls = node.tls().read().certificate();
        node.becomeDue();
        CertificateRenewal server = node.server();
        server.look();

        assertThat(node.attempts).containsExactly("identity true", "tls true");
        SigningIdentity renewed = node.signer.current();
        assertThat(renewed.certificate()).isNotEqualTo(former.certificate()).isEqualTo(node.atStart());
        assertThat(renewed.certificate().getPublicKey())
                .isNotEqualTo(former.certificate().getPublicKey());
        assertThat(renewed.certificate().getNotAfter())
                .isAfter(former.certificate().getNotAfter());
        ChannelMembership membership = node.membership();
        NodePrincipal place = new NodePrincipal(
                RenewedNodeFixture.ORG1,
                new NodeName(RenewedNodeFixture.NAME),
                membership.nodeCertifiers(RenewedNodeFixture.ORG1).orElseThrow());
        for (SigningIdentity each : List.of(former, renewed)) {
            var identity = membership.deserialize(each.serialized());
            assertThat(membership.satisfies(identity, place.toPrincipal())).isTrue();
            assertThat(identity.verifies(each.sign(MESSAGE), MESSAGE))
                    .as("what was begun with the former is finished with it")
                    .isTrue();
        }

        TlsFiles.Pair tls = node.tls().read();
        assertThat(tls.certificate()).isNotEqualTo(formerTls);
        assertThat(SigningRequest.hosts(tls.certificate())).containsExactlyInAnyOrder("localhost", "127.0.0.1");
        assertThat(new HttpsStore(node.store, RenewedNodeFixture.PASSWORD).certificate())
                .isEqualTo(tls.certificate());
        assertThat(node.reloads).isEqualTo(1);
        assertThat(server.status().detail()).isEmpty();
        server.look();
        assertThat(node.attempts).hasSize(2);
        assertThat(node.reloads).isEqualTo(1);
    }

    @Test
    void keys_are_their_owners_alone_and_a_former_one_goes_after_a_day() throws Exception {
        node.becomeDue();
        CertificateRenewal server = node.server();
        Path later = node.home.resolve("msp/keystore/for-later_sk");
        node.writeKey("msp/keystore/for-later_sk", CryptoProvider.ofThisServer().generate(Curve.P256));
        server.look();
        for (Path key : keystore()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(node.home.resolve("tls/server.key"))))
                .isEqualTo("rw-------");
        assertThat(keystore()).hasSize(3).contains(node.home.resolve("msp/keystore/priv_sk"));
        node.clock.advance(Duration.ofHours(25));
        server.look();
        assertThat(keystore()).hasSize(2).contains(later);
        assertThat(node.atStart()).isEqualTo(node.signer.certificate());
    }

    @Test
    void encrypted_keys_stay_encrypted() throws Exception {
        node.encryptKeys("secret");
        node.becomeDue();
        node.server().look();
        assertThat(node.attempts).containsExactly("identity true", "tls true");
        for (Path key : keystore()) {
            assertThat(key).content().contains("ENCRYPTED PRIVATE KEY");
        }
        assertThat(node.home.resolve("tls/server.key")).content().contains("ENCRYPTED PRIVATE KEY");
        assertThat(node.atStart()).isEqualTo(node.signer.certificate());
        assertThat(node.tls().read().chain()).hasSize(1);
    }

    @Test
    void where_keys_stay_the_same_only_certificates_change() throws Exception {
        X509Certificate former = node.signer.certificate();
        node.becomeDue();
        node.server(() -> RevocationNews.NONE, false).look();
        assertThat(node.signer.certificate()).isNotEqualTo(former);
        assertThat(node.signer.certificate().getPublicKey()).isEqualTo(former.getPublicKey());
        assertThat(keystore()).hasSize(1);
    }

    @Test
    void of_two_servers_that_share_a_folder_one_renews_and_both_sign_as_the_new_one() throws Exception {
        CertificateRenewal first = node.server();
        var own = node.signer;
        node.signer = new org.jangbu.msp.identity.CurrentSigner(own.current());
        CertificateRenewal second = node.server();
        node.becomeDue();
        first.look();
        second.look();
        assertThat(node.attempts).containsExactly("identity true", "tls true");
        assertThat(own.certificate()).isEqualTo(node.signer.certificate()).isEqualTo(node.atStart());
    }

    @Test
    void a_folder_that_another_server_is_renewing_is_left_alone() throws Exception {
        node.becomeDue();
        FolderLock other = FolderLock.tryLock(node.home).orElseThrow();
        node.server().look();
        assertThat(node.attempts).isEmpty();
        other.close();
        node.server().look();
        assertThat(node.attempts).containsExactly("identity true", "tls true");
    }

    @Test
    void what_an_administrator_puts_there_is_taken_up_once_it_fits_together() throws Exception {
        CertificateRenewal server = node.server();
        server.look();
        X509Certificate former = node.signer.certificate();
        KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
        TestAuthority authority = node.ca.forger();
        X509Certificate other = authority.issue(
                authority
                        .leaf(RenewedNodeFixture.NAME, "peer", "node:" + RenewedNodeFixture.NAME)
                        .valid(node.clock.instant(), node.clock.instant().plus(Duration.ofDays(100))),
                keys);
        node.put("msp/signcerts/cert.pem", other);
        server.look();
        assertThat(node.signer.certificate()).as("its key is not there yet").isEqualTo(former);
        node.writeKey("msp/keystore/by-hand_sk", keys);
        server.look();
        assertThat(node.signer.certificate()).isEqualTo(other);
        assertThat(node.attempts).isEmpty();
    }

    @Test
    void a_certificate_of_strangers_put_there_by_hand_is_not_taken_up() throws Exception {
        X509Certificate former = node.signer.certificate();
        KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
        TestAuthority stranger = TestAuthority.root("stranger");
        node.writeKey("msp/keystore/by-hand_sk", keys);
        node.put("msp/signcerts/cert.pem", stranger.issue(stranger.leaf(RenewedNodeFixture.NAME, "peer"), keys));
        CertificateRenewal server = node.server();
        server.look();
        server.look();
        assertThat(node.signer.certificate()).isEqualTo(former);
        assertThat(server.status().detail()).contains(RenewedNodeFixture.NAME, "refused by the MSP");
    }

    @Test
    void whoever_is_revoked_gets_nothing_and_is_named_in_health() throws Exception {
        var before = files();
        node.ca.revoke(RenewedNodeFixture.NAME);
        node.becomeDue();
        CertificateRenewal server = node.server();
        server.look();
        assertThat(node.attempts).containsExactly("identity false", "tls true");
        assertThat(server.status().detail()).as("once may be chance").isEmpty();
        server.look();
        assertThat(node.attempts).as("not before the pause is over").hasSize(2);
        node.clock.advance(Duration.ofMinutes(2));
        server.look();
        assertThat(node.attempts).endsWith("identity false").hasSize(3);
        assertThat(server.status().well()).isTrue();
        assertThat(server.status().detail())
                .contains("identity certificate of " + RenewedNodeFixture.NAME, "2 times", "401 (20: ");
        var after = files();
        assertThat(after.entrySet().stream()
                        .filter(e -> e.getKey().startsWith("msp/"))
                        .toList())
                .isEqualTo(before.entrySet().stream()
                        .filter(e -> e.getKey().startsWith("msp/"))
                        .toList());
    }

    @Test
    void an_authority_that_is_away_for_days_is_asked_ever_more_rarely_and_then_answers() throws Exception {
        node.becomeDue();
        node.ca.lie(request -> {
            throw new IllegalStateException("away");
        });
        CertificateRenewal server = node.server();
        for (int hour = 0; hour < 72; hour++) {
            server.look();
            node.clock.advance(Duration.ofHours(1));
        }
        assertThat(node.ca.bodies()).hasSizeBetween(12, 40);
        node.ca.lie(null);
        node.clock.advance(Duration.ofHours(6));
        server.look();
        assertThat(node.attempts).endsWith("identity true");
        assertThat(server.status().detail()).isEmpty();
    }

    @Test
    void without_a_named_authority_nobody_is_asked() throws Exception {
        Files.delete(node.home.resolve("renewal.properties"));
        node.becomeDue();
        node.server().look();
        assertThat(node.attempts).isEmpty();
    }

    private List<Path> keystore() throws Exception {
        try (Stream<Path> files = Files.list(node.home.resolve("msp/keystore"))) {
            return files.sorted().toList();
        }
    }

    /** Everything in the node's folder. */
    private Map<String, String> files() throws Exception {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(node.home)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                String name = node.home.relativize(file).toString();
                if (!name.equals("renewal.lock")) {
                    all.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return all;
    }
}
