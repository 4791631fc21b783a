package org.jangbu.web.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jangbu.web.oidc.OpenIdConnect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcSettingsTest {
    @Test
    void nothing_is_set_up_unless_somebody_asks_for_it() {
        OpenIdConnect none = set(OidcSettings.read(key -> Optional.empty()));
        assertThat(none.bearer()).isEmpty();
        assertThat(none.console()).isEmpty();
        OpenIdConnect rest =
                set(read(Map.of("jangbu.oidc.issuer", "https://issuer.example.com", "jangbu.oidc.audience", "rest")));
        assertThat(rest.bearer()).isPresent();
        assertThat(rest.console()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "601", "a minute", ""})
    void names_a_skew_that_makes_no_sense(String skew) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("jangbu.oidc.clock-skew", skew)))
                .withMessageContaining("jangbu.oidc.clock-skew");
    }

    @Test
    void names_what_is_missing_beside_another() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(
                        Map.of("jangbu.oidc.issuer", "https://issuer.example.com", "jangbu.oidc.client-id", "console")))
                .withMessageContaining("jangbu.oidc.redirect");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("jangbu.oidc.audience", "rest")))
                .withMessageContaining("jangbu.oidc.issuer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example.com",
                "ftp://issuer.example.com",
                "issuer.example.com",
                "https://",
                "https://user@issuer.example.com",
                "https://issuer.example.com/#x",
                "http://127.0.0.1.example.com",
                "ht tp://x"
            })
    void an_issuer_is_reached_in_no_other_way_than_by_https(String issuer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set(read(Map.of("jangbu.oidc.issuer", issuer, "jangbu.oidc.audience", "rest"))));
    }

    private static OpenIdConnect set(OidcSettings settings) {
        return OpenIdConnect.of(settings, Clock.systemUTC());
    }

    private static OidcSettings read(Map<String, String> values) {
        return OidcSettings.read(key -> Optional.ofNullable(values.get(key)));
    }
}
