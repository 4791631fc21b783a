package org.jangbu.web.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSettingsTest {
    @Test
    void has_defaults_for_all() {
        assertThat(WebSettings.read(key -> Optional.empty()).commitWait()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", ""})
    void names_the_setting_that_makes_no_sense(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebSettings.read(
                        key -> key.equals("jangbu.rest.page-limit") ? Optional.of(value) : Optional.empty()))
                .withMessageContaining("jangbu.rest.page-limit");
    }
}
