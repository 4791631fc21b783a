package org.jangbu.tests.skipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SkippedTestsTest {
    @Test
    void a_skipped_test_is_named_with_its_reason() {
        assertThat(run(Wants.class, false))
                .containsPattern(
                        "SkippedTestsTest\\$Wants.needs_a_browser: .*no Chromium here; Debian package: chromium")
                .contains("SkippedTestsTest$Wants.is_off: not yet")
                .doesNotContain("SkippedTestsTest$Wants.runs");
    }

    @Test
    void a_skipped_test_fails_a_strict_run() {
        assertThatThrownBy(() -> run(Wants.class, true)).hasMessageContaining("needs_a_browser");
    }

    @Test
    void a_run_without_skipped_tests_says_nothing_and_passes() {
        assertThat(run(Works.class, true)).isEmpty();
    }

    private static String run(Class<?> tests, boolean strict) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SkippedTests listener = new SkippedTests(new PrintStream(out, true, StandardCharsets.UTF_8), strict);
        LauncherConfig config = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .addLauncherSessionListeners(listener)
                .build();
        try (LauncherSession session = LauncherFactory.openSession(config)) {
            session.getLauncher()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectClass(tests))
                            .build());
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Not found by name; run by the tests above. */
    static class Wants {
        @Test
        void needs_a_browser() {
            assumeTrue(false, "no Chromium here; Debian package: chromium");
        }

        @Test
        @Disabled("not yet")
        void is_off() {}

        @Test
        void runs() {}
    }

    /** Likewise. */
    static class Works {
        @Test
        void runs() {}
    }
}
