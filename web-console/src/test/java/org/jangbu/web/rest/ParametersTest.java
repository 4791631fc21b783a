package org.jangbu.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jangbu.web.access.Names;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.problem.ProblemException;
import org.jangbu.web.settings.WebSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    private final Limits limits = new Limits(WebSettings.read(key -> Optional.empty()));

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "ch/x", "ch\u0000", "\ud800", "..", "1x"})
    void refuses_what_cannot_name_a_channel(String name) {
        assertInvalid(() -> Names.channel(name), "channel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.0", "99999999999999999999", "0x1", " 1"})
    void refuses_what_is_no_block_number(String number) {
        assertInvalid(() -> Names.number("number", number, 0, Long.MAX_VALUE), "number");
    }

    @Test
    void refuses_hashes_and_ids_of_the_wrong_form() {
        assertInvalid(() -> Names.hash("zz".repeat(32)), "hash");
        assertInvalid(() -> Names.hash("00"), "hash");
        assertInvalid(() -> Names.txId("a\nb"), "transactionId");
        assertInvalid(() -> Names.txId("a".repeat(257)), "transactionId");
    }

    @Test
    void keeps_pages_and_waits_within_their_limits() {
        assertThat(limits.page(null)).isEqualTo(20);
        assertThat(limits.page("100")).isEqualTo(100);
        assertInvalid(() -> limits.page("101"), "limit");
        assertInvalid(() -> limits.page("0"), "limit");
        assertThat(limits.wait(null)).isEqualTo(Duration.ofSeconds(30));
        assertThat(limits.wait("0")).isZero();
        assertInvalid(() -> limits.wait("31"), "wait");
    }

    @Test
    void reads_a_body_up_to_the_limit_and_not_beyond() throws IOException {
        assertThat(BoundedBody.read(new ByteArrayInputStream(new byte[8]), 8)).hasSize(8);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> BoundedBody.read(new ByteArrayInputStream(new byte[9]), 8))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.BODY_TOO_LARGE));
    }

    private static void assertInvalid(ThrowingCallable call, String parameter) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(call).satisfies(e -> {
            assertThat(e.problem().code()).isEqualTo(ProblemCode.INVALID_PARAMETER);
            assertThat(e.problem().members()).containsEntry("parameter", parameter);
        });
    }
}
