package org.jangbu.tests.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.hyperledger.fabric.protos.common.Envelope;
import org.jangbu.model.MspId;
import org.jangbu.model.NodeName;
import org.jangbu.msp.cryptogen.NetworkMaterial;
import org.jangbu.msp.cryptogen.OrganizationSpec;
import org.jangbu.msp.membership.LocalMsp;
import org.jangbu.msp.realm.EnrollmentId;
import org.jangbu.msp.realm.ManagedIdentities;
import org.jangbu.quickstart.QuickStartUsers;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.network.TrialUser;
import org.jangbu.tests.network.EventReader;
import org.jangbu.tests.network.Forgery;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.Network;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.OwnKeys;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.server.TrialServer;
import org.jangbu.web.testing.StandInIssuer;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client certificates, bearer tokens, the code flow, and what becomes of those who are revoked or removed. */
class SignInIT extends NetworkTest {
    private static final String CHANNELS = "/api/v1/channels";
    private static final String USER = "peerOrganizations/org1.example.com/users/User1@org1.example.com/msp";

    @TempDir
    Path scratch;

    /** One for all tests: the server keeps its keys. */
    private static StandInIssuer issuer;

    @BeforeAll
    static void startIssuer() throws Exception {
        issuer = StandInIssuer.start(
                TrialServer.issuerPort(), TrialServer.redirect().toString());
    }

    @AfterAll
    static void stopIssuer() {
        if (issuer != null) {
            issuer.close();
        }
    }

    @Test
    void whoever_shows_a_certificate_of_a_member_reads_as_that_member() throws Exception {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            TlsCaller user = TlsCaller.with(Issued.in(organizations().resolve(USER)), protocol);
            assertThat(user.version(CHANNELS)).isEqualTo(protocol);
            Rest.Answer answer = user.get(CHANNELS);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains(TrialServer.CHANNEL.value());
        }
        TlsCaller admin = TlsCaller.with(Issued.in(
                organizations().resolve("peerOrganizations/org2.example.com/users/Admin@org2.example.com/msp")));
        assertThat(admin.get(CHANNELS).status()).isEqualTo(200);
        assertThat(TlsCaller.with(null).get(CHANNELS).outcome()).isEqualTo("401 unauthorized");
    }

    @Test
    void with_a_certificate_one_sends_what_one_has_signed_and_the_server_signs_nothing() throws Exception {
        TlsCaller user = TlsCaller.with(Issued.in(organizations().resolve(USER)));
        OwnKeys keys = OwnKeys.ofUser();
        String key = Fresh.name("key");
        Rest.Answer endorsed = user.post(
                "/api/v1/" + Rest.channel() + "/proposals",
                "application/octet-stream",
                keys.propose("keyvalue", "put", key, "by certificate").toByteArray());
        assertThat(endorsed.status()).as(endorsed.body()).isEqualTo(200);
        Envelope prepared = Envelope.parseFrom(Base64.getDecoder()
                .decode(endorsed.json()
                        .getJsonArray("transactions")
                        .getJsonObject(0)
                        .getString("envelope")));
        Rest.Answer sent = user.post(
                "/api/v1/" + Rest.channel() + "/envelopes?wait=30",
                "application/octet-stream",
                Forgery.signed(keys.signer(), prepared.getPayload()).toByteArray());
        assertThat(sent.outcome()).as(sent.body()).isEqualTo("200 VALID");
        assertThat(network.value(key)).isEqualTo("by certificate");

        for (String call : List.of("evaluate", "submit", "endorse")) {
            Rest.Answer refused =
                    user.post("/api/v1/" + Rest.chaincode("keyvalue") + "/" + call, Rest.call("get", key));
            assertThat(refused.outcome()).isEqualTo("403 no-identity");
            assertThat(refused.json().getString("detail")).contains("no key of the caller");
            assertThat(refused.json().getString("value")).isEqualTo("Org1MSP:User1@org1.example.com");
        }
    }

    @Test
    void the_roles_of_the_msp_guard_the_faces() throws Exception {
        for (String node : List.of(
                "peerOrganizations/org1.example.com/peers/peer0.org1.example.com/msp",
                "ordererOrganizations/example.com/orderers/orderer.example.com/msp")) {
            TlsCaller caller = TlsCaller.with(Issued.in(organizations().resolve(node)));
            assertThat(caller.get(CHANNELS).outcome()).as(node).isEqualTo("403 forbidden");
            assertThat(caller.get("/ledger/channels").status()).as(node).isEqualTo(403);
        }
        Rest.Answer page =
                TlsCaller.with(Issued.in(organizations().resolve(USER))).get("/ledger/channels");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("Org1MSP:User1@org1.example.com");
    }

    @Test
    void certificates_that_are_not_good_are_refused_with_the_reason() throws Exception {
        Issued org1 = Issued.authority(organizations(), "org1.example.com");
        String name = "OU=client,CN=Guest@org1.example.com";
        Duration day = Duration.ofDays(1);
        assertThat(TlsCaller.with(org1.issue(name, day, KeyUsage.digitalSignature))
                        .get(CHANNELS)
                        .status())
                .isEqualTo(200);
        assertRefused(org1.issue(name, Duration.ofSeconds(-1), KeyUsage.digitalSignature), "expired");
        assertRefused(org1.issue("CN=nobody", day, KeyUsage.digitalSignature), "no organisation known here");
        assertRefused(
                org1.issue("OU=client+OU=admin,CN=both", day, KeyUsage.digitalSignature), "no organisation known here");
        assertRefused(Issued.selfSigned(name), "no organisation known here");
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            assertThat(TlsCaller.with(Issued.bare(name), protocol).get(CHANNELS).outcome())
                    .as("without any extension, by " + protocol)
                    .isEqualTo("401 certificate-refused");
        }
        assertRefused(Issued.in(anotherOrganization()), "no organisation known here");
        assertRefused(org1.issue(name, day, KeyUsage.keyAgreement), "not for signatures");
    }

    @Test
    void what_is_sent_besides_a_certificate_counts_first() throws Exception {
        TlsCaller user = TlsCaller.with(Issued.in(organizations().resolve(USER)));
        TlsCaller wrong = user.and("Authorization", basic("User1@org1.example.com", "wrong"));
        assertThat(wrong.get(CHANNELS).outcome()).isEqualTo("401 unauthorized");
        TrialUser other = QuickStartUsers.userOfOrg2();
        Rest.Answer signed = user.and("Authorization", basic(other.name(), other.password()))
                .post("/api/v1/" + Rest.chaincode("keyvalue") + "/evaluate", Rest.call("get", "nothing"));
        assertThat(signed.body())
                .as("signed with the key of the one who sent a password")
                .doesNotContain("no-identity");
    }

    @Test
    void a_token_of_the_issuer_is_a_managed_identity() throws Exception {
        String user = QuickStartUsers.userOfOrg1().name();
        TlsCaller caller = bearer(issuer.accessToken(user));
        assertThat(caller.get(CHANNELS).status()).isEqualTo(200);
        String key = Fresh.name("key");
        Rest.Answer submitted =
                caller.post("/api/v1/" + Rest.chaincode("keyvalue") + "/submit", Rest.call("put", key, "by token"));
        assertThat(submitted.outcome()).as(submitted.body()).isEqualTo("200 VALID");
        assertThat(bearer(issuer.accessToken("nobody")).get(CHANNELS).outcome()).isEqualTo("403 no-identity");
        assertThat(bearer(issuer.accessToken("../x")).get(CHANNELS).outcome()).isEqualTo("403 no-identity");
    }

    @Test
    void tokens_that_are_not_good_are_refused_and_never_logged() throws Exception {
        String user = QuickStartUsers.userOfOrg1().name();
        int before = Network.logLength();
        String good = issuer.accessToken(user);
        List<String> bad = List.of(
                issuer.accessToken(user, claims -> claims.setExpirationTime(StandInIssuer.inSeconds(-120))),
                issuer.accessToken(user, claims -> claims.setIssuer("https://issuer.example.com")),
                issuer.accessToken(user, claims -> claims.setAudience("another")),
                good.substring(0, good.lastIndexOf('.') + 1) + "AAAA",
                good.substring(0, good.lastIndexOf('.') + 1),
                StandInIssuer.signed(
                        issuer.claims(StandInIssuer.AUDIENCE, user),
                        StandInIssuer.newKey(issuer.key().getKeyId()),
                        AlgorithmIdentifiers.RSA_USING_SHA256),
                Base64.getUrlEncoder().encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
                        + good.substring(good.indexOf('.'), good.lastIndexOf('.') + 1),
                "garbage",
                "");
        for (String token : bad) {
            assertThat(bearer(token).get(CHANNELS).outcome()).as(token).isEqualTo("401 unauthorized");
        }
        assertThat(bearer(good).get(CHANNELS).status()).isEqualTo(200);
        String log = Network.logSince(before);
        bad.stream()
                .filter(token -> token.length() > 20)
                .forEach(token -> assertThat(log).doesNotContain(token));
        assertThat(log).doesNotContain(good, "\tat ");
    }

    @Test
    void a_visitor_signs_in_to_the_console_at_the_issuer() throws Exception {
        issuer.nextUser(QuickStartUsers.userOfOrg1().name());
        HttpResponse<String> page = browse(browser(), "/sign-in/oidc?next=/ledger/channels");
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.uri().getPath()).isEqualTo("/ledger/channels");
        assertThat(page.body()).contains(QuickStartUsers.userOfOrg1().name(), TrialServer.CHANNEL.value());
        assertThat(browse(browser(), "/sign-in").body()).contains("/sign-in/oidc");
    }

    @Test
    void nobody_is_signed_in_by_an_answer_that_was_not_asked_for() throws Exception {
        issuer.nextUser("nobody");
        for (String attempt : List.of(
                "/sign-in/oidc",
                "/sign-in/oidc/callback?code=x&state=y",
                "/sign-in/oidc/callback",
                "/sign-in/oidc/callback?error=access_denied")) {
            HttpClient browser = browser();
            HttpResponse<String> page = browse(browser, attempt);
            assertThat(page.uri().getPath()).as(attempt).isEqualTo("/sign-in");
            assertThat(page.uri().getQuery()).as(attempt).isEqualTo("failed=true");
            assertThat(browse(browser, "/ledger/channels").uri().getPath()).isEqualTo("/sign-in");
        }
        issuer.nextUser(QuickStartUsers.userOfOrg1().name());
        HttpResponse<String> elsewhere = browse(browser(), "/sign-in/oidc?next=//evil.example.com");
        assertThat(elsewhere.uri().getPath()).isEqualTo("/ledger/channels");
    }

    @Test
    void whoever_is_removed_or_revoked_does_not_pass_any_more() throws Exception {
        Issued org1 = Issued.authority(organizations(), "org1.example.com");
        Issued guest = org1.issue("OU=client,CN=Guest@org1.example.com", Duration.ofDays(1), KeyUsage.digitalSignature);
        Path msp = scratch.resolve("guest");
        Folders.copy(organizations().resolve(USER), msp);
        guest.writeInto(msp);
        ManagedIdentities identities = managed();
        for (String name : List.of("Removed", "Revoked")) {
            identities.enroll(new EnrollmentId(name), LocalMsp.read(msp, new MspId("Org1MSP")), "password");
            assertThat(Rest.as(name, "password").get("channels").status()).isEqualTo(200);
        }
        TlsCaller certified = TlsCaller.with(guest);
        assertThat(certified.get(CHANNELS).status()).isEqualTo(200);

        try (EventReader events = Rest.as("Removed", "password").events(Rest.channel() + "/events/blocks", "")) {
            network.assertWorks();
            assertThat(events.next()).isNotNull();
            assertThat(identities.remove(new EnrollmentId("Removed"))).isTrue();
            assertEndsBefore(events, network.height());
        }
        assertThat(Rest.as("Removed", "password").get("channels").outcome()).isEqualTo("401 unauthorized");

        Path lists = Files.createDirectories(
                TrialServer.installation().network().home().resolve("nodes/peer0.org1.example.com/msp/crls"));
        Files.writeString(lists.resolve("guest.pem"), org1.revoke(guest.certificate()));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                Rest.as("Revoked", "password").get("channels").outcome())
                        .isEqualTo("401 certificate-refused"));
        assertThat(bearer(issuer.accessToken("Revoked")).get(CHANNELS).outcome())
                .isEqualTo("401 certificate-refused");
        assertRefused(guest, "revoked");
        assertThat(network.user().get("channels").status()).isEqualTo(200);
        network.assertWorks();
        identities.remove(new EnrollmentId("Revoked"));
    }

    private static void assertRefused(Issued identity, String reason) throws Exception {
        Rest.Answer answer = TlsCaller.with(identity).get(CHANNELS);
        assertThat(answer.outcome()).as(answer.body()).isEqualTo("401 certificate-refused");
        assertThat(answer.json().getString("detail")).contains(reason);
    }

    private Path anotherOrganization() throws IOException {
        NetworkMaterial.generate(
                scratch.resolve("another"),
                List.of(new OrganizationSpec(
                        OrganizationSpec.Kind.PEER,
                        new MspId("Org1MSP"),
                        "org1.example.com",
                        List.of(new NodeName("peer0.org1.example.com")),
                        List.of("User1"))),
                Clock.systemUTC());
        return scratch.resolve("another").resolve(USER);
    }

    /** Whoever follows hears of no block from that height on, though there are some. */
    private void assertEndsBefore(EventReader events, long height) throws IOException, InterruptedException {
        network.assertWorks();
        for (EventReader.Event event = events.next(); event != null; event = events.next()) {
            assertThat(Long.parseLong(event.id())).isLessThan(height);
        }
    }

    private static ManagedIdentities managed() throws IOException {
        return ManagedIdentities.open(
                TrialServer.installation().network().home().resolve("identities"),
                Objects.requireNonNull(
                        TrialServer.installation().environment().variables().get("JANGBU_IDENTITIES_SECRET")),
                Clock.systemUTC());
    }

    private static TlsCaller bearer(String token) throws Exception {
        return TlsCaller.with(null).and("Authorization", "Bearer " + token);
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
    }

    private static HttpResponse<String> browse(HttpClient browser, String path)
            throws IOException, InterruptedException {
        URI address = TrialServer.installation().server().http().resolve(path);
        return browser.send(
                HttpRequest.newBuilder(address)
                        .timeout(Duration.ofSeconds(60))
                        .header("Accept", "text/html")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Path organizations() {
        return TrialServer.installation().network().organizations();
    }
}
