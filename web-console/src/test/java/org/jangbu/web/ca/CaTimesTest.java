package org.jangbu.web.ca;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Optional;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CertificateFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaTimesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-06-02T01:02:03Z, 2026-06-02T01:02:03Z",
        "2026-06-02T01:02:03+09:00, 2026-06-01T16:02:03Z",
        "2026-06-02T01:02:03.25Z, 2026-06-02T01:02:03.250Z",
        "2026-06-02, 2026-06-02T00:00:00Z",
        "+30d, 2026-07-01T12:00:00Z",
        "-12h, 2026-06-01T00:00:00Z",
        "+1h30m, 2026-06-01T13:30:00Z",
        "-1.5h, 2026-06-01T10:30:00Z",
        "+250ms, 2026-06-01T12:00:00.250Z",
        "+90s, 2026-06-01T12:01:30Z",
    })
    void reads_what_fabrics_clients_write(String text, Instant expected) throws Exception {
        assertThat(CaTimes.parse(text, NOW, "expired_start")).contains(expected);
    }

    @Test
    void nothing_is_no_time() throws Exception {
        assertThat(CaTimes.parse("", NOW, "expired_start")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon",
                "30d",
                "+",
                "+30",
                "+30y",
                "+30d ",
                "2026-13-01",
                "2026-06-02T01:02:03",
                "+999999999d",
                "10000-01-01",
                "+1h1h1h1h1h1h1h1h1h"
            })
    void anything_else_is_refused(String text) {
        CaRequestTest.assertRefused(400, CaError.GETTING_CERTIFICATES, () -> CaTimes.parse(text, NOW, "expired_start"));
    }

    @Test
    void the_zero_time_of_go_leaves_a_bound_open() throws Exception {
        CaJson json = CaJson.parse(
                ByteString.copyFromUtf8("{\"from\":\"0001-01-01T00:00:00Z\",\"to\":\"2026-06-02T00:00:00Z\"}"));
        assertThat(CaTimes.bounds(json, "from", "to"))
                .isEqualTo(new CertificateFilter.Bounds(
                        Optional.empty(), Optional.of(Instant.parse("2026-06-02T00:00:00Z"))));
    }
}
