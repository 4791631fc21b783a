package org.jangbu.web.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CertificateFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaSearchTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void nothing_asked_for_is_everything() throws Exception {
        assertThat(filter("")).isEqualTo(CertificateFilter.ALL);
    }

    @Test
    void numbers_are_spelled_as_the_registry_does() throws Exception {
        CertificateFilter filter = filter("?id=user1&serial=00:AB:0c&aki=000");
        assertThat(filter.owner()).contains("user1");
        assertThat(filter.serial()).contains("ab0c");
        assertThat(filter.authorityKey()).isEmpty();
    }

    @Test
    void times_are_bounds() throws Exception {
        CertificateFilter filter = filter("?revoked_start=-24h&revoked_end=%2B0s&notexpired=true");
        assertThat(filter.revoked().from()).contains(NOW.minus(Duration.ofDays(1)));
        assertThat(filter.revoked().to()).contains(NOW);
        assertThat(filter.expiry().from()).as("not expired").contains(NOW);
        assertThat(filter.expiry().to()).isEmpty();
        assertThat(filter("?notrevoked=1").notRevoked()).isTrue();
    }

    @Test
    void an_owner_whom_the_database_cannot_spell_is_nobody() throws Exception {
        assertThat(filter("?id=a%00b").owner()).contains("a?b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?serial=xyz",
                "?aki=12%2034",
                "?expired_start=never",
                "?notexpired=true&expired_end=-1d",
                "?notrevoked=true&revoked_start=-1d"
            })
    void contradictions_and_garbage_are_refused(String query) {
        CaRequestTest.assertRefused(400, CaError.GETTING_CERTIFICATES, () -> filter(query));
    }

    private static CertificateFilter filter(String query) throws Exception {
        return CaSearch.filter(Requests.read("GET", "/api/v1/certificates" + query, ""), NOW);
    }
}
