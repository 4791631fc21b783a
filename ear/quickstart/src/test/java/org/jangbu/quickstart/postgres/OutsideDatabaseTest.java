package org.jangbu.quickstart.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jangbu.quickstart.machine.QuickStartException;
import org.junit.jupiter.api.Test;

class OutsideDatabaseTest {
    private static final String URL = "jdbc:postgresql://127.0.0.1:1/ledger";

    @Test
    void nobody_names_one() throws Exception {
        assertThat(OutsideDatabase.namedIn(Map.of("PATH", "/bin"))).isEmpty();
    }

    @Test
    void the_servers_own_variables_name_one() throws Exception {
        assertThat(OutsideDatabase.namedIn(
                        Map.of("JANGBU_DB_URL", URL, "JANGBU_DB_USER", "ledger", "JANGBU_DB_PASSWORD", "secret")))
                .contains(new OutsideDatabase(URL, "ledger", "secret"));
    }

    @Test
    void half_a_name_is_refused() {
        assertThatThrownBy(() -> OutsideDatabase.namedIn(Map.of("JANGBU_DB_URL", URL)))
                .isInstanceOf(QuickStartException.class)
                .hasMessageContaining("JANGBU_DB_PASSWORD");
    }

    @Test
    void one_that_does_not_answer_is_told_before_anything_else_starts_and_without_its_password() {
        assertThatThrownBy(() -> new OutsideDatabase(URL, "ledger", "correct horse").check())
                .isInstanceOf(QuickStartException.class)
                .hasMessageContaining(URL)
                .hasMessageNotContaining("correct horse");
        assertThat(new OutsideDatabase(URL, "ledger", "correct horse"))
                .asString()
                .doesNotContain("correct horse");
    }
}
