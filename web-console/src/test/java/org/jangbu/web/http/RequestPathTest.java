package org.jangbu.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example",
                "//elsewhere.example/ledger/",
                "/ledger//elsewhere.example",
                "/ledger/../sign-out",
                "/ledger/\\elsewhere",
                "/sign-out",
                "javascript:alert(1)",
                "/ledger/a\r\nSet-Cookie: x=y",
                "/ledger/<script>",
                ""
            })
    void leads_nowhere_but_to_pages_of_the_console(String address) {
        assertThat(RequestPath.local(address)).isEmpty();
    }

    @Test
    void comes_back_after_sign_in_to_the_page_that_was_asked_for() {
        assertThat(new RequestPath("/ledger/block", "channel=channel1&number=5", true).signIn())
                .isEqualTo("/sign-in?next=%2Fledger%2Fblock%3Fchannel%3Dchannel1%26number%3D5");
        assertThat(new RequestPath("/ledger/block", "", false).signIn()).isEqualTo("/sign-in");
    }

    @Test
    void tells_rest_from_pages() {
        assertThat(RequestPath.isApi("/api/v1/channels")).isTrue();
        assertThat(RequestPath.isApi("/participation/v1/channels")).isTrue();
        assertThat(RequestPath.isApi("/apiary")).isFalse();
        assertThat(RequestPath.isApi("/ledger/api/")).isFalse();
    }
}
