package org.jangbu.web.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSettingsTest {
    @Test
    void has_defaults_for_all() {
        assertThat(WebSettings.read(key -> Optional.empty()).commitWait()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void the_reference_page_lists_every_setting_as_the_code_has_it() throws IOException {
        String rows = Arrays.stream(WebSetting.values())
                .map(s -> "| `" + s.key() + "` | "
                        + (s.defaultValue().isEmpty() ? "" : "`" + s.defaultValue() + "`") + " | " + s.unit() + " | "
                        + s.doc() + " |\n")
                .collect(Collectors.joining());
        assertThat(Files.readString(Path.of("../docs/reference/settings.md")))
                .contains("## REST and console\n\n| key | default | unit | meaning |\n|---|---|---|---|\n" + rows);
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
