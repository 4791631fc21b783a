package org.jangbu.web.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialsTest {
    @Test
    void reads_name_and_password_in_utf8() {
        assertThat(BasicCredentials.parse("bAsIc " + base64("김철수:비:밀"))).contains(new BasicCredentials("김철수", "비:밀"));
    }

    @Test
    void reads_an_empty_password() {
        assertThat(BasicCredentials.parse("Basic " + base64("a:"))).contains(new BasicCredentials("a", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic !!!", "Basic YQ==", "Bearer YTpi", "Basic /////w=="})
    void takes_anything_else_for_no_credentials(String header) {
        assertThat(BasicCredentials.parse(header)).isEmpty();
    }

    @Test
    void does_not_decode_what_is_far_too_long() {
        assertThat(BasicCredentials.parse("Basic " + base64("a:" + "b".repeat(10_000))))
                .isEmpty();
    }

    @Test
    void keeps_the_password_out_of_logs() {
        assertThat(new BasicCredentials("a", "secret").toString()).doesNotContain("secret");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
