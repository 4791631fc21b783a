package org.jangbu.msp.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jangbu.msp.ca.TestCa;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.testing.TestAuthority;
import org.jangbu.msp.testing.TestAuthority.Template;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an authority answers that is not what was asked for: it is told, and nothing is changed. */
@SuppressWarnings("NullAway.Init") // set before each test
class LyingAuthorityTest {
    private static final String NAME = RenewedNodeFixture.NAME;
    private static final String UNIT = "node:" + NAME;

    @TempDir
    Path folder;

    private RenewedNodeFixture node;
    private TestAuthority forger;

    @BeforeEach
    void enroll() throws Exception {
        node = new RenewedNodeFixture(folder);
        node.becomeDue();
        forger = node.ca.forger();
    }

    @AfterEach
    void close() {
        node.close();
    }

    /** Issues a certificate for the key of a request. */
    private interface Forgery {
        X509Certificate of(KeyPair requested) throws Exception;
    }

    @Test
    void an_honest_answer_in_the_same_form_is_taken() throws Exception {
        node.ca.lie(request -> TestCa.answer(forger.issue(honest(), keyOf(request))));
        node.server().look();
        assertThat(node.attempts).contains("identity true");
    }

    @Test
    void another_key() throws Exception {
        assertRefused(requested -> forger.issue(honest(), TestAuthority.newKeys(Curve.P256)), "another key");
    }

    @Test
    void another_subject() throws Exception {
        assertRefused(requested -> forger.issue(valid(forger.leaf("other", "peer", UNIT)), requested), "subject");
    }

    @Test
    void no_node_unit() throws Exception {
        assertRefused(requested -> forger.issue(valid(forger.leaf(NAME, "peer")), requested), "lacks the units");
    }

    @Test
    void the_unit_of_another_node() throws Exception {
        assertRefused(
                requested -> forger.issue(valid(forger.leaf(NAME, "peer", UNIT, "node:peer1")), requested),
                "another node");
    }

    @Test
    void another_role() throws Exception {
        assertRefused(requested -> forger.issue(valid(forger.leaf(NAME, "peer", "admin", UNIT)), requested), "the MSP");
        assertRefused(requested -> forger.issue(valid(forger.leaf(NAME, "client", UNIT)), requested), "lacks");
    }

    @Test
    void another_authority() throws Exception {
        TestAuthority other = TestAuthority.root("ca.org1.example.com");
        assertRefused(requested -> other.issue(valid(other.leaf(NAME, "peer", UNIT)), requested), "refused by the MSP");
    }

    @Test
    void an_authoritys_own_certificate() throws Exception {
        assertRefused(
                requested -> forger.issue(
                        honest().with(Extension.basicConstraints, true, new BasicConstraints(true)), requested),
                "refused by the MSP");
    }

    @Test
    void a_time_that_is_over_or_has_not_begun_or_is_as_good_as_over() throws Exception {
        assertRefused(requested -> forger.issue(lives(-20, -1), requested), "has ended");
        assertRefused(requested -> forger.issue(lives(1, 300), requested), "not valid before");
        assertRefused(requested -> forger.issue(lives(-300, 1), requested), "renewed at once");
    }

    @Test
    void no_certificate_at_all() throws Exception {
        for (String answer : new String[] {
            "",
            "not JSON",
            "[]",
            "{}",
            "{\"success\":true}",
            "{\"success\":true,\"result\":\"\"}",
            "{\"success\":true,\"result\":{\"Cert\":1}}",
            "{\"success\":true,\"result\":{\"Cert\":\"%%%\"}}",
            "{\"success\":true,\"result\":{\"Cert\":\"aGVsbG8=\"}}",
            "{\"success\":false,\"result\":\"\",\"errors\":[{\"code\":31,\"message\":\"bad\\u0007\"}]}",
            "{\"success\":false,\"errors\":7}",
            "[".repeat(5_000),
            " ".repeat(100_000)
        }) {
            node.ca.lie(request -> answer.getBytes(StandardCharsets.UTF_8));
            assertNothingChanged("msp", "");
        }
    }

    @Test
    void hosts_left_out_or_an_unknown_root_of_tls() throws Exception {
        Files.delete(node.home.resolve("renewal.properties"));
        node.write(
                "renewal.properties",
                "tlsca.address=" + node.tlsCa.address() + "\ntlsca.name=" + node.tlsCa.name()
                        + "\ntrust=authorities.pem\n");
        TestAuthority tls = node.tlsCa.forger();
        node.tlsCa.lie(request -> TestCa.answer(tls.issue(valid(tls.leaf(NAME, "peer")), keyOf(request))));
        assertNothingChanged("tls", "valid for all hosts");
    }

    private Template honest() {
        return valid(forger.leaf(NAME, "peer", UNIT));
    }

    private Template valid(Template template) {
        return template.valid(
                node.clock.instant().minus(Duration.ofHours(1)),
                node.clock.instant().plus(Duration.ofDays(300)));
    }

    private Template lives(int from, int to) {
        return honest().valid(
                        node.clock.instant().plus(Duration.ofDays(from)),
                        node.clock.instant().plus(Duration.ofDays(to)));
    }

    private void assertRefused(Forgery forgery, String reason) throws Exception {
        node.ca.lie(request -> TestCa.answer(forgery.of(keyOf(request))));
        assertNothingChanged("msp", reason);
    }

    private void assertNothingChanged(String which, String reason) throws Exception {
        var before = files(which);
        X509Certificate signing = node.signer.certificate();
        // Two attempts, so that health tells the reason; only one of the two authorities lies.
        CertificateRenewal server = node.server();
        server.look();
        node.clock.advance(Duration.ofMinutes(2));
        server.look();
        assertThat(server.status().detail()).contains("2 times: ").contains(reason);
        assertThat(node.signer.certificate()).isEqualTo(signing);
        assertThat(files(which)).isEqualTo(before);
    }

    /** Only the public half counts. */
    private static KeyPair keyOf(String request) throws Exception {
        try (PEMParser parser = new PEMParser(new StringReader(request))) {
            PKCS10CertificationRequest csr = (PKCS10CertificationRequest) parser.readObject();
            PublicKey key = new JcaPEMKeyConverter().getPublicKey(csr.getSubjectPublicKeyInfo());
            return new KeyPair(key, null);
        }
    }

    /** Everything in a folder of the node's. */
    private Map<String, String> files(String which) throws Exception {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(node.home.resolve(which))) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                all.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all;
    }
}
