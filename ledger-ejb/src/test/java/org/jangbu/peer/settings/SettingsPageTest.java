package org.jangbu.peer.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jangbu.msp.settings.MspSetting;
import org.junit.jupiter.api.Test;

/** The reference page says what the code says: this test prints the sections that belong there. */
class SettingsPageTest {
    private static final Path PAGE = Path.of("../docs/reference/settings.md");

    @Test
    void the_reference_page_lists_every_setting_as_the_code_has_it() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).contains(section("A peer", peer()));
        assertThat(page).contains(section("Membership", membership()));
    }

    @Test
    void defaults_are_those_that_the_parts_have_of_themselves() {
        PeerSettings settings = PeerSettings.read(key -> Optional.empty());
        assertThat(settings.endorser()).isEqualTo(org.jangbu.peer.endorse.Endorser.Settings.DEFAULT);
        assertThat(settings.deliver()).isEqualTo(org.jangbu.peer.deliver.DeliverSettings.DEFAULT);
        assertThat(settings.commitPatience()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_value_that_is_none_is_refused_with_its_key() {
        for (Map.Entry<PeerSetting, String> bad : Map.of(
                        PeerSetting.TIME_WINDOW, "15 minutes",
                        PeerSetting.QUEUE, "0",
                        PeerSetting.WRITES, "-1",
                        PeerSetting.PROPOSAL_BYTES, "9999999999",
                        PeerSetting.CATCH_UP, "PT0S")
                .entrySet()) {
            assertThatThrownBy(() -> PeerSettings.read(
                            key -> key.equals(bad.getKey().key()) ? Optional.of(bad.getValue()) : Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(bad.getKey().key())
                    .hasMessageContaining(bad.getValue());
        }
    }

    private static String section(String title, List<String> rows) {
        return "## " + title + "\n\n| key | default | unit | meaning |\n|---|---|---|---|\n" + String.join("\n", rows)
                + "\n";
    }

    private static List<String> peer() {
        return Arrays.stream(PeerSetting.values())
                .map(s -> row(s.key(), s.defaultValue(), s.unit(), s.doc()))
                .collect(Collectors.toList());
    }

    private static List<String> membership() {
        return Arrays.stream(MspSetting.values())
                .map(s -> row(s.key(), s.defaultValue(), s.unit(), s.doc()))
                .collect(Collectors.toList());
    }

    private static String row(String key, String defaultValue, String unit, String doc) {
        String shown = defaultValue.isEmpty() ? "" : "`" + defaultValue + "`";
        return "| `" + key + "` | " + shown + " | " + unit + " | " + doc + " |";
    }
}
