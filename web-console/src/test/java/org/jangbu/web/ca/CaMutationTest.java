package org.jangbu.web.ca;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jangbu.model.MspId;
import org.jangbu.msp.ca.Affiliation;
import org.jangbu.msp.ca.AuthorityName;
import org.jangbu.msp.ca.AuthoritySettings;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.CertificateAuthority;
import org.jangbu.msp.ca.EnrollmentRequest;
import org.jangbu.msp.ca.Failures;
import org.jangbu.msp.ca.RegisteredIdentity;
import org.jangbu.msp.ca.RootAuthority;
import org.jangbu.msp.crypto.CertificateReader;
import org.jangbu.msp.crypto.CryptoProvider;
import org.jangbu.msp.crypto.Curve;
import org.jangbu.msp.crypto.KeyRequest;
import org.jangbu.msp.crypto.Pem;
import org.jangbu.msp.crypto.SigningKey;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;
import org.jangbu.msp.testing.MemoryRegistry;
import org.jangbu.msp.testing.Mutations;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damaged requests through the reader of requests into an authority: CSRs, tokens, headers, addresses and bodies of every call. All are
 * answered or refused in a clear way, and whatever is refused has changed nothing.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaMutationTest {
    private static final int CI = 2_000;
    private static final int SOAK = 100_000;
    private static final String ENROLL = "/api/v1/enroll";
    private static final String ADMIN = "Basic " + base64("admin:adminpw");

    /** One call of each kind, which all succeed as they are. */
    private static final List<Call> CALLS = List.of(
            new Call("POST", "/api/v1/reenroll", "{\"certificate_request\":\"@CSR@\",\"hosts\":[\"a.example.com\"]}"),
            new Call(
                    "POST",
                    "/api/v1/revoke",
                    "{\"id\":\"user\",\"reason\":\"keycompromise\",\"gencrl\":true,\"caname\":\"ca\"}"),
            new Call(
                    "POST",
                    "/api/v1/gencrl",
                    "{\"revokedafter\":\"2020-01-01T00:00:00Z\",\"expirebefore\":\"2050-01-01T00:00:00Z\"}"),
            new Call("GET", "/api/v1/identities", ""),
            new Call("GET", "/api/v1/identities/user?ca=ca", ""),
            new Call(
                    "PUT",
                    "/api/v1/identities/user",
                    "{\"type\":\"client\",\"affiliation\":\"org1\",\"attrs\":[{\"name\":\"a\",\"value\":\"b\",\"ecert\":true}],\"max_enrollments\":3}"),
            new Call("DELETE", "/api/v1/identities/user?force=true", ""),
            new Call("GET", "/api/v1/affiliations/org1", ""),
            new Call("POST", "/api/v1/affiliations?force=true", "{\"name\":\"org3.department1\"}"),
            new Call("PUT", "/api/v1/affiliations/org1?force=true", "{\"name\":\"org4\"}"),
            new Call("DELETE", "/api/v1/affiliations/org1?force=true", ""),
            new Call(
                    "GET",
                    "/api/v1/certificates?id=user&notrevoked=false&expired_start=2020-01-01&revoked_end=%2B1d",
                    ""),
            new Call("GET", "/api/v1/cainfo?ca=ca", ""));

    /** These derive a secret, which takes its time. */
    private static final List<Call> REGISTRATIONS = List.of(
            new Call(
                    "POST",
                    "/api/v1/register",
                    "{\"id\":\"new\",\"type\":\"peer\",\"affiliation\":\"org1\",\"secret\":\"s\",\"max_enrollments\":-1,\"attrs\":[{\"name\":\"jangbu.node\",\"value\":\"peer9\"}]}"),
            new Call("POST", "/api/v1/identities", "{\"id\":\"new\",\"attrs\":[{\"name\":\"x\",\"value\":\"y\"}]}"));

    private record Call(String method, String uri, String body) {}

    private static final MemoryRegistry REGISTRY = new MemoryRegistry();
    private static CertificateAuthority authority;
    private static SigningKey key;
    private static String certificate;
    private static String csr;
    private static MemoryRegistry.State beginning;

    @BeforeAll
    static void open() throws Exception {
        Clock clock = Clock.systemUTC();
        authority = new CertificateAuthority(
                new AuthorityName("ca"),
                new MspId("Org1MSP"),
                RootAuthority.create("ca.example.com", clock),
                new AuthoritySettings(-1, true),
                REGISTRY,
                clock);
        authority.bootstrap(
                new EnrollmentId("admin"), cheaplyDerived("adminpw"), List.of(new Affiliation("org1.department1")));
        KeyPair keys = CryptoProvider.ofThisServer().generate(Curve.P256);
        key = SigningKey.of(keys.getPrivate());
        csr = KeyRequest.pem("admin", keys);
        certificate = CertificateReader.pem(
                authority.enroll("admin", "adminpw", new EnrollmentRequest(csr, "", List.of(), Optional.empty())));
        Call register = new Call("POST", "/api/v1/register", "{\"id\":\"user\",\"affiliation\":\"org1\"}");
        assertThat(send(signed(register))).isTrue();
        beginning = REGISTRY.state();
    }

    @Test
    void every_call_succeeds_as_it_is() throws Exception {
        for (Call call : CALLS) {
            assertThat(send(signed(undamaged(call)))).as(call.uri()).isTrue();
            REGISTRY.set(beginning);
        }
        for (Call call : REGISTRATIONS) {
            assertThat(send(signed(call))).as(call.uri()).isTrue();
            REGISTRY.set(beginning);
        }
        assertThat(send(new Sent("POST", ENROLL, ADMIN, enrollment(csr)))).isTrue();
        REGISTRY.set(beginning);
    }

    @Test
    void damaged_requests_are_refused_clearly_and_change_nothing() throws Exception {
        run(CI, 35);
    }

    @Test
    @Tag("soak")
    @Timeout(value = 3, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void very_many_damaged_requests_are_refused_clearly_and_change_nothing() throws Exception {
        run(SOAK, 36);
    }

    private static void run(int cases, long seed) throws Exception {
        Mutations mutations = new Mutations(seed);
        int refused = 0;
        for (int i = 0; i < cases; i++) {
            refused += send(request(mutations)) ? 0 : 1;
            refused += send(token(mutations)) ? 0 : 1;
            refused += send(body(mutations, CALLS)) ? 0 : 1;
            refused += send(address(mutations)) ? 0 : 1;
            if (i % 50 == 0) {
                refused += send(body(mutations, REGISTRATIONS)) ? 0 : 1;
                refused += send(header(mutations)) ? 0 : 1;
            }
        }
        assertThat(refused).as("most damage is noticed").isGreaterThan(cases);
        assertThat(REGISTRY.state()).isEqualTo(beginning);
    }

    /** A damaged CSR, in its text or in the DER within, in a body that is well-formed. */
    private static Sent request(Mutations mutations) throws Exception {
        String damaged = mutations.nextInt(3) == 0
                ? mutations.of(ByteString.copyFromUtf8(csr)).toString(StandardCharsets.ISO_8859_1)
                : new Pem(
                                "CERTIFICATE REQUEST",
                                mutations.of(Pem.only(csr.getBytes(StandardCharsets.US_ASCII))
                                        .content()))
                        .text();
        return new Sent("POST", ENROLL, ADMIN, enrollment(damaged));
    }

    private static Sent token(Mutations mutations) throws Exception {
        Sent good = signed(undamaged(any(mutations, CALLS)));
        String token = good.authorization();
        int dot = token.indexOf('.');
        String damaged = switch (mutations.nextInt(3)) {
            case 0 -> text(mutations, token);
            case 1 -> base64(text(mutations, certificate)) + token.substring(dot);
            default ->
                token.substring(0, dot + 1)
                        + Base64.getEncoder()
                                .encodeToString(mutations
                                        .of(ByteString.copyFrom(
                                                Base64.getDecoder().decode(token.substring(dot + 1))))
                                        .toByteArray());
        };
        return new Sent(good.method(), good.uri(), damaged, good.body());
    }

    /** A damaged body that its sender has signed as it is. */
    private static Sent body(Mutations mutations, List<Call> calls) throws Exception {
        Call call = undamaged(any(mutations, calls));
        ByteString damaged = mutations.of(ByteString.copyFromUtf8(call.body()));
        return signed(call.method(), call.uri(), damaged);
    }

    /** A damaged address that its sender has signed as it is. */
    private static Sent address(Mutations mutations) throws Exception {
        Call call = undamaged(any(mutations, CALLS));
        String damaged = call.uri().substring(0, "/api/v1/".length())
                + text(mutations, call.uri().substring("/api/v1/".length()));
        return signed(call.method(), damaged, ByteString.copyFromUtf8(call.body()));
    }

    private static Sent header(Mutations mutations) throws Exception {
        String damaged = mutations.nextInt(2) == 0
                ? text(mutations, ADMIN)
                : "Basic " + base64(text(mutations, "admin:adminpw"));
        return new Sent("POST", ENROLL, damaged, enrollment(csr));
    }

    private static Call any(Mutations mutations, List<Call> calls) {
        return calls.get(mutations.nextInt(calls.size()));
    }

    private static String text(Mutations mutations, String good) {
        return mutations.of(ByteString.copyFromUtf8(good)).toString(StandardCharsets.ISO_8859_1);
    }

    private static Call undamaged(Call call) {
        return new Call(call.method(), call.uri(), call.body().replace("@CSR@", csr.replace("\n", "\\n")));
    }

    private static ByteString enrollment(String request) {
        StringBuilder json = new StringBuilder("{\"certificate_request\":\"");
        request.chars().forEach(c -> json.append(String.format("\\u%04x", c)));
        return ByteString.copyFromUtf8(json.append("\"}").toString());
    }

    private static Sent signed(Call call) throws Exception {
        return signed(call.method(), call.uri(), ByteString.copyFromUtf8(call.body()));
    }

    private static Sent signed(String method, String uri, ByteString body) throws Exception {
        String shown = base64(certificate);
        String text =
                method + "." + base64(uri) + "." + Base64.getEncoder().encodeToString(body.toByteArray()) + "." + shown;
        ByteString signature = key.sign(ByteString.copyFromUtf8(text));
        return new Sent(method, uri, shown + "." + Base64.getEncoder().encodeToString(signature.toByteArray()), body);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it was answered; the registry is as at the beginning again. */
    private static boolean send(Sent sent) throws IOException {
        MemoryRegistry.State before = REGISTRY.state();
        try {
            CaRequest read = CaRequest.read(sent.request());
            String named = read.authority();
            byte[] answer = new CaCalls(authority, read, () -> {}).answer().bytes();
            assertThat(answer).isNotEmpty();
            assertThat(named).isNotNull();
            return true;
        } catch (CaException e) {
            assertThat(e.status()).as(sent.toString()).isBetween(400, 599).isNotEqualTo(500);
            assertThat(e.remoteMessage()).isNotBlank().doesNotContain("Exception", "\tat ");
            assertThat(CaAnswer.refusal(e)).isNotEmpty();
            assertThat(withoutFailures(REGISTRY.state())).as(sent.toString()).isEqualTo(withoutFailures(before));
            return false;
        } finally {
            if (beginning != null) {
                REGISTRY.set(beginning);
            }
        }
    }

    /** Wrong secrets are counted, that is their purpose. */
    private static MemoryRegistry.State withoutFailures(MemoryRegistry.State state) {
        return new MemoryRegistry.State(
                state.identities().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> withoutFailures(entry.getValue()))),
                state.affiliations(),
                state.certificates(),
                state.listNumber(),
                state.published());
    }

    private static RegisteredIdentity withoutFailures(RegisteredIdentity one) {
        return new RegisteredIdentity(
                one.id(),
                one.type(),
                one.affiliation(),
                one.attributes(),
                one.secret(),
                one.maxEnrollments(),
                one.enrollments(),
                one.revoked(),
                Failures.NONE);
    }

    /** One derivation in place of many. */
    private static DerivedSecret cheaplyDerived(String secret) throws Exception {
        byte[] salt = {1, 2, 3, 4, 5, 6, 7, 8};
        byte[] value = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                .generateSecret(new PBEKeySpec(secret.toCharArray(), salt, 1, 256))
                .getEncoded();
        Base64.Encoder base64 = Base64.getEncoder();
        return DerivedSecret.parse("1:" + base64.encodeToString(salt) + ":" + base64.encodeToString(value));
    }

    /** What comes in over the wire. */
    private record Sent(String method, String uri, String authorization, ByteString body) {
        HttpServletRequest request() {
            return Requests.of(method, uri, body.toByteArray(), authorization, body.size());
        }
    }
}
