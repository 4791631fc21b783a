package org.jangbu.web.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import org.jangbu.msp.ca.AuthorityCertificate;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CertificateAuthority;
import org.jangbu.msp.ca.RootAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which call an address means, and the wrapper of answers. */
class CaCallsTest {
    private final AuthorityCertificate certificate;
    private final CertificateAuthority authority;

    CaCallsTest() throws Exception {
        certificate = RootAuthority.create("ca", Clock.systemUTC());
        authority = TokenBytesTest.authority(certificate);
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/v1/cainfo", "POST, /cainfo", "HEAD, /api/v1/cainfo"})
    void anybody_learns_the_chain(String method, String address) throws Exception {
        CaAnswer answer = calls(method, address).answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer.bytes()))
                .isEqualTo("{\"result\":{\"CAName\":\"ca-org1\",\"CAChain\":\""
                        + Base64.getEncoder().encodeToString(certificate.pem().getBytes(StandardCharsets.US_ASCII))
                        + "\",\"IssuerPublicKey\":\"\",\"IssuerRevocationPublicKey\":\"\",\"Version\":\"1.5.15\"},"
                        + "\"errors\":[],\"messages\":[],\"success\":true}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /enroll",
        "PUT, /cainfo",
        "GET, /cainfo/x",
        "GET, /register",
        "POST, /certificates",
        "PATCH, /identities/x",
        "PUT, /identities",
        "DELETE, /affiliations",
        "POST, /affiliations/x",
        "POST, /revoke/x",
        "GET, /gencrl",
    })
    void other_methods_are_not_allowed(String method, String address) {
        CaRequestTest.assertRefused(
                405, CaError.METHOD_NOT_ALLOWED, () -> calls(method, address).answer());
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /reenroll",
        "POST, /register",
        "POST, /revoke",
        "POST, /gencrl",
        "GET, /identities",
        "GET, /identities/x",
        "POST, /identities",
        "PUT, /identities/x",
        "DELETE, /identities/x",
        "GET, /affiliations",
        "GET, /affiliations/x",
        "POST, /affiliations",
        "PUT, /affiliations/x",
        "DELETE, /affiliations/x",
        "GET, /certificates",
    })
    void each_signed_call_needs_its_token(String method, String address) {
        CaRequestTest.assertRefused(
                401,
                CaError.NO_AUTHORIZATION_HEADER,
                () -> calls(method, address).answer());
    }

    @Test
    void idemix_is_not_offered() {
        CaRequestTest.assertRefused(
                501,
                CaError.UNKNOWN,
                () -> calls("POST", "/api/v1/idemix/credential").answer());
    }

    @Test
    void a_refusal_says_no_more_than_the_caller_may_know() throws Exception {
        org.jangbu.msp.ca.CaException refusal =
                org.jangbu.msp.ca.CaException.authentication(CaError.INVALID_SECRET, "the secret of x is another one");
        assertThat(text(CaAnswer.refusal(refusal)))
                .isEqualTo("{\"result\":\"\",\"errors\":[{\"code\":20,\"message\":\"Authentication failure\"}],"
                        + "\"messages\":[],\"success\":false}");
    }

    @Test
    void a_note_stands_beside_the_result() {
        CaAnswer answer = CaAnswer.ok(json -> json.write("a", 1)).withNote("There are more");
        assertThat(text(answer.bytes()))
                .isEqualTo("{\"result\":{\"a\":1},\"errors\":[],"
                        + "\"messages\":[{\"code\":0,\"message\":\"There are more\"}],\"success\":true}");
        assertThat(CaAnswer.created(json -> {}).at("/api/v1/identities/x").location())
                .isEqualTo("/api/v1/identities/x");
    }

    private CaCalls calls(String method, String address) throws Exception {
        return new CaCalls(authority, Requests.read(method, address, method.equals("GET") ? "" : "{}"), () -> {});
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
