package org.jangbu.web.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaRequestTest {
    private static final int MOST = 64 * 1024;

    @ParameterizedTest
    @CsvSource({
        "/api/v1/cainfo, cainfo, ''",
        "/cainfo, cainfo, ''",
        "/api/v1/identities/user1, identities, user1",
        "/identities/a%2Fb, identities, a/b",
        "/identities/a+b, identities, a+b",
        "/affiliations/org1.department1?force=true, affiliations, org1.department1",
        "/api/v1/identities/, identities, ''",
    })
    void tells_endpoint_and_name(String address, String endpoint, String name) throws Exception {
        CaRequest request = Requests.read("GET", address, "");
        assertThat(request.endpoint()).isEqualTo(endpoint);
        assertThat(request.name()).isEqualTo(name);
        assertThat(request.uri()).as("what a token covers").isEqualTo(address);
    }

    @Test
    void the_address_names_the_authority_before_the_body_does() throws Exception {
        assertThat(Requests.read("POST", "/enroll?ca=one", "{\"caname\":\"two\"}")
                        .authority())
                .isEqualTo("one");
        assertThat(Requests.read("POST", "/enroll", "{\"caname\":\"two\",\"CAName\":\"three\"}")
                        .authority())
                .isEqualTo("two");
        assertThat(Requests.read("POST", "/enroll", "{\"caname\":null,\"CAName\":\"three\"}")
                        .authority())
                .isEqualTo("three");
        assertThat(Requests.read("POST", "/enroll", "").authority()).isEmpty();
    }

    @Test
    void a_flag_says_yes_or_no_or_is_refused() throws Exception {
        CaRequest request = Requests.read("GET", "/x?a=true&b=T&c=1&d=false&e=0&f=&g=maybe&h", "");
        assertThat(request.flag("a")).isTrue();
        assertThat(request.flag("b")).isTrue();
        assertThat(request.flag("c")).isTrue();
        assertThat(request.flag("d")).isFalse();
        assertThat(request.flag("e")).isFalse();
        assertThat(request.flag("f")).isFalse();
        assertThat(request.flag("h")).isFalse();
        assertThat(request.flag("none")).isFalse();
        assertRefused(400, CaError.BAD_PARAMETER, () -> request.flag("g"));
    }

    @Test
    void in_a_query_a_plus_sign_is_a_space() throws Exception {
        CaRequest request = Requests.read("GET", "/certificates?revoked_end=%2B30d&id=a+b", "");
        assertThat(request.parameter("revoked_end")).isEqualTo("+30d");
        assertThat(request.parameter("id")).isEqualTo("a b");
    }

    @Test
    void what_is_too_large_is_refused_whether_or_not_it_says_so() throws Exception {
        byte[] most = new byte[MOST];
        java.util.Arrays.fill(most, (byte) ' ');
        byte[] more = java.util.Arrays.copyOf(most, MOST + 1);
        assertRefused(
                413, CaError.READING_BODY, () -> CaRequest.read(Requests.of("POST", "/enroll", more, "", MOST + 1)));
        assertRefused(413, CaError.READING_BODY, () -> CaRequest.read(Requests.of("POST", "/enroll", more, "", -1)));
        most[0] = '{';
        most[1] = '}';
        assertThat(CaRequest.read(Requests.of("POST", "/enroll", most, "", -1))
                        .body()
                        .size())
                .isEqualTo(MOST);
        assertRefused(414, CaError.BAD_PARAMETER, () -> Requests.read("GET", "/identities/" + "a".repeat(4096), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/identities/%", "/identities/%zz", "/x?a=%zz"})
    void an_address_that_is_not_well_formed_is_refused(String address) {
        assertRefused(400, CaError.BAD_PARAMETER, () -> Requests.read("GET", address, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "{", "{} {}", "{\"a\":}", "\u0000"})
    void a_body_that_is_no_object_is_refused(String body) {
        assertRefused(400, CaError.BAD_BODY, () -> Requests.read("POST", "/enroll", body));
    }

    @Test
    void who_sends_nothing_where_something_is_needed_is_told() throws Exception {
        CaRequest request = Requests.read("POST", "/enroll", "");
        assertRefused(400, CaError.EMPTY_BODY, request::requiredJson);
        assertRefused(401, CaError.NO_AUTHORIZATION_HEADER, request::signed);
    }

    static void assertRefused(int status, CaError error, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(CaException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.error()).isEqualTo(error);
        });
    }
}
