package org.jangbu.msp.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.expiry.CertificateFiles.TlsStore;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateWatchTest {
    private static final String PEER = "peer0.org1.example.com";
    private static final Instant FAR = TestAuthority.END;
    private static final Instant NOW = Instant.parse("2030-06-01T00:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);

    @TempDir
    Path home;

    private TestAuthority authority;

    @BeforeEach
    void trust() throws Exception {
        authority = TestAuthority.root("ca");
        write(PEER, "msp/cacerts/ca.pem", authority.certificate());
        write(PEER, "msp/tlscacerts/ca.pem", authority.certificate());
    }

    @Test
    void says_nothing_while_all_is_well() throws Exception {
        write(PEER, "msp/signcerts/cert.pem", endingAt(NOW.plus(MONTH).plusSeconds(1)));
        CertificateWatch watch = watch(Optional.empty());
        watch.look();
        assertThat(watch.status().well()).isTrue();
        assertThat(watch.status().detail()).isEmpty();
        assertThat(watch.first(PEER, CertificateKind.CA)).contains(FAR);
        assertThat(watch.first(PEER, CertificateKind.TLS_CA)).contains(FAR);
        assertThat(watch.first(PEER, CertificateKind.IDENTITY))
                .contains(NOW.plus(MONTH).plusSeconds(1));
        assertThat(watch.first(PEER, CertificateKind.TLS)).isEmpty();
    }

    @Test
    void names_what_ends_soon_and_what_has_ended_and_stays_well() throws Exception {
        write(PEER, "msp/signcerts/cert.pem", endingAt(NOW.plusSeconds(3600)));
        write(PEER, "tls/server.crt", endingAt(NOW.minusSeconds(1)));
        write("orderer.example.com", "msp/cacerts/ca.pem", authority.certificate());
        write("orderer.example.com", "msp/intermediatecerts/ca.pem", endingAt(NOW.plus(Duration.ofDays(29))));
        CertificateWatch watch = watch(Optional.empty());
        watch.look();
        assertThat(watch.status().well()).isTrue();
        assertThat(watch.status().detail())
                .isEqualTo("warning: tls certificate of " + PEER + " ended 2030-05-31T23:59:59Z; "
                        + "identity certificate of " + PEER + " ends 2030-06-01T01:00:00Z; "
                        + "ca certificate of orderer.example.com ends 2030-06-30T00:00:00Z");
        assertThat(watch.first("orderer.example.com", CertificateKind.CA)).contains(NOW.plus(Duration.ofDays(29)));
    }

    @Test
    void authorities_of_this_server_are_watched_with_their_chains() throws Exception {
        write(home.resolve("ca/ca-org1/ca-chain.pem"), endingAt(NOW.plusSeconds(60)), authority.certificate());
        write(home.resolve("ca/ica-org1/ca-chain.pem"), authority.certificate(), endingAt(NOW.plusSeconds(7200)));
        write(home.resolve("ca/tlsca-org1/ca-chain.pem"), endingAt(NOW.plusSeconds(3600)));
        write(home.resolve("ca/.waiting.request/ca-chain.pem"), endingAt(NOW));
        CertificateWatch watch = watch(Optional.empty());
        watch.look();
        assertThat(watch.first("ca-org1", CertificateKind.CA)).contains(NOW.plusSeconds(60));
        assertThat(watch.first("ica-org1", CertificateKind.CA))
                .as("the one above it ends first")
                .contains(NOW.plusSeconds(7200));
        assertThat(watch.status().detail())
                .isEqualTo("warning: ca certificate of ca-org1 ends 2030-06-01T00:01:00Z; "
                        + "tlsca certificate of tlsca-org1 ends 2030-06-01T01:00:00Z; "
                        + "ca certificate of ica-org1 ends 2030-06-01T02:00:00Z");
    }

    private static void write(Path file, X509Certificate... certificates) throws Exception {
        Files.createDirectories(file.getParent());
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append(CertificateReader.pem(certificate));
        }
        Files.writeString(file, pem);
    }

    @Test
    void a_renewed_certificate_counts_from_the_next_look() throws Exception {
        write(PEER, "tls/server.crt", endingAt(NOW));
        CertificateWatch watch = watch(Optional.empty());
        watch.look();
        assertThat(watch.status().detail()).contains("tls certificate of " + PEER);
        write(PEER, "tls/server.crt", endingAt(FAR.minusSeconds(1)));
        assertThat(watch.status().detail()).isNotEmpty();
        watch.look();
        assertThat(watch.status().detail()).isEmpty();
        assertThat(watch.first(PEER, CertificateKind.TLS)).contains(FAR.minusSeconds(1));
    }

    @Test
    void names_five_at_most() throws Exception {
        for (int number = 0; number < 8; number++) {
            write("peer" + number, "tls/server.crt", endingAt(NOW.plusSeconds(number)));
        }
        CertificateWatch watch = watch(Optional.empty());
        watch.look();
        assertThat(watch.status().detail())
                .contains("peer0", "peer4", "and 3 more")
                .doesNotContain("peer5");
    }

    @Test
    void looks_into_the_key_store_of_https() throws Exception {
        KeyPair keys = TestAuthority.newKeys(Curve.P256);
        X509Certificate own = authority.issue(authority.leaf("server").valid(TestAuthority.BEGINNING, NOW), keys);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivate(), "secret".toCharArray(), new X509Certificate[] {own});
        Path file = home.resolve("tls.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "secret".toCharArray());
        }
        CertificateWatch watch = watch(Optional.of(new TlsStore(file, "secret")));
        watch.look();
        assertThat(watch.first(CertificateFiles.SERVER, CertificateKind.TLS)).contains(NOW);
        assertThat(watch.status().detail()).contains("tls certificate of server");
        assertThat(new TlsStore(file, "secret").toString()).doesNotContain("secret");
    }

    @Test
    void what_cannot_be_read_hides_nothing_else() throws Exception {
        write(PEER, "msp/signcerts/cert.pem", endingAt(NOW));
        Files.writeString(home.resolve("nodes/" + PEER + "/msp/cacerts/broken.pem"), "no certificate");
        CertificateWatch watch = watch(Optional.of(new TlsStore(home.resolve("none.p12"), "x")));
        watch.look();
        assertThat(watch.ends())
                .extracting(CertificateEnd::kind)
                .containsExactly(CertificateKind.IDENTITY, CertificateKind.CA, CertificateKind.TLS_CA);
        assertThat(new CertificateFiles(home, Optional.empty()).read().unreadable)
                .singleElement()
                .asString()
                .contains("broken.pem");
    }

    @Test
    void a_server_without_nodes_has_no_certificates() {
        CertificateWatch watch = new CertificateWatch(
                new CertificateFiles(home.resolve("none"), Optional.empty()), MONTH, Clock.systemUTC());
        watch.look();
        assertThat(watch.ends()).isEqualTo(List.of());
        assertThat(watch.status().well()).isTrue();
    }

    private CertificateWatch watch(Optional<TlsStore> store) {
        return new CertificateWatch(new CertificateFiles(home, store), MONTH, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private X509Certificate endingAt(Instant end) throws Exception {
        return authority.issue(
                authority.leaf("somebody", "peer").valid(TestAuthority.BEGINNING, end),
                TestAuthority.newKeys(Curve.P256));
    }

    private void write(String node, String file, X509Certificate certificate) throws Exception {
        Path path = home.resolve("nodes").resolve(node).resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, CertificateReader.pem(certificate));
    }
}
