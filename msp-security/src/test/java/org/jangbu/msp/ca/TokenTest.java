package org.jangbu.msp.ca;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jangbu.msp.testing.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest extends AuthorityTest {
    private static final String URI = "/api/v1/identities?ca=ca-org1";

    @Test
    void a_token_is_good_for_its_own_call_alone() throws Exception {
        SignedCall call = admin.signed("POST", URI, "{\"id\":\"x\"}");
        assertThat(authority.call(call, CallerSession::identities)).hasSize(1);
        refuse(new SignedCall(call.token(), "PUT", call.uri(), call.body()));
        refuse(new SignedCall(call.token(), call.method(), "/api/v1/identities", call.body()));
        refuse(new SignedCall(call.token(), call.method(), URI + "&force=true", call.body()));
        refuse(new SignedCall(call.token(), call.method(), URI, ByteString.copyFromUtf8("{\"id\":\"y\"}")));
        refuse(new SignedCall(call.token(), call.method(), URI, ByteString.EMPTY));
    }

    @Test
    void a_token_with_the_certificate_of_another_is_refused() throws Exception {
        Client user = newClient("user1", "client", "org1");
        String signature = user.signed("GET", URI, "").token().split("\\.", -1)[1];
        String certificate = admin.signed("GET", URI, "").token().split("\\.", -1)[0];
        refuse(new SignedCall(certificate + "." + signature, "GET", URI, ByteString.EMPTY));
    }

    @Test
    void a_signature_with_high_s_is_refused() throws Exception {
        SignedCall call = admin.signed("GET", URI, "");
        String[] parts = call.token().split("\\.", -1);
        byte[] high = TestAuthority.withS(Base64.getDecoder().decode(parts[1]), true);
        refuse(new SignedCall(parts[0] + "." + Base64.getEncoder().encodeToString(high), "GET", URI, ByteString.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "Basic YWRtaW46YWRtaW5wdw==", "MAA=.MAA=", "%%%.%%%", "a.b.c"})
    void garbage_is_no_token(String token) {
        refuse(new SignedCall(token, "GET", URI, ByteString.EMPTY));
    }

    @Test
    void an_endless_token_is_not_looked_at() {
        refuse(new SignedCall("A".repeat(1 << 20) + "." + "A".repeat(100), "GET", URI, ByteString.EMPTY));
    }

    @Test
    void every_changed_byte_of_a_token_is_noticed() throws Exception {
        SignedCall call = admin.signed("GET", URI, "");
        for (int i = 0; i < call.token().length(); i += 7) {
            char other = call.token().charAt(i) == 'A' ? 'B' : 'A';
            String changed = call.token().substring(0, i) + other + call.token().substring(i + 1);
            refuse(new SignedCall(changed, "GET", URI, ByteString.EMPTY));
        }
    }

    @Test
    void certificates_of_other_authorities_count_for_nothing() throws Exception {
        AuthorityTest other = new AuthorityTest() {};
        other.open();
        SignedCall call = other.admin.signed("GET", URI, "");
        assertRefused(401, CaError.UNTRUSTED_CERTIFICATE, () -> authority.call(call, CallerSession::identities));
    }

    @Test
    void a_certificate_that_the_registry_does_not_know_counts_for_nothing() throws Exception {
        CertificateAuthority twin = new CertificateAuthority(
                TestRegistry.newName(),
                authority.mspId(),
                certificate,
                AuthoritySettings.USUAL,
                TestRegistry.open(TestRegistry.newName(), certificate),
                clock);
        SignedCall call = admin.signed("GET", URI, "");
        assertRefused(401, CaError.CERTIFICATE_NOT_FOUND, () -> twin.call(call, CallerSession::identities));
    }

    @Test
    void an_expired_certificate_counts_for_nothing() throws Exception {
        clock.advance(Duration.ofDays(366));
        SignedCall call = admin.signed("GET", URI, "");
        assertRefused(401, CaError.CERTIFICATE_EXPIRED, () -> authority.call(call, CallerSession::identities));
    }

    @Test
    void nothing_is_written_when_work_is_refused_half_way() throws Exception {
        assertRefused(
                403,
                CaError.NOT_AFFILIATED,
                () -> admin.call(session -> {
                    session.register(registration("user1", "client", "org1"));
                    throw CaException.authorization(CaError.NOT_AFFILIATED, "changed my mind");
                }));
        assertRefused(404, CaError.NOT_IN_DATABASE, () -> admin.call(session -> session.identity("user1")));
    }

    private void refuse(SignedCall call) {
        AtomicBoolean reached = new AtomicBoolean();
        assertRefused(
                401,
                CaError.INVALID_TOKEN,
                () -> authority.call(call, session -> {
                    reached.set(true);
                    return session;
                }));
        assertThat(reached).isFalse();
    }
}
