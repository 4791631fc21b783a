package org.jangbu.tests.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jangbu.quickstart.machine.Artifacts;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.tests.server.TestPorts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code samples/network-story/story.sh} as it stands: it asserts each of its stages, and stops what it has started. */
class NetworkStoryIT {
    private static final int PATIENCE_MINUTES = 20;

    private final Path folder = TestPorts.folder().resolve("story").toAbsolutePath();
    private final Path output = folder.resolve("output.txt");
    private @Nullable Process script;

    @BeforeEach
    void clean() throws IOException {
        Folders.delete(folder);
        Files.createDirectories(folder);
    }

    @AfterEach
    void end() throws InterruptedException {
        if (script != null && script.isAlive()) {
            script.destroy();
            script.waitFor();
        }
    }

    @Test
    void a_network_grows_from_a_consortium_to_two_channels_of_three_organisations() throws Exception {
        Path story = Artifacts.ofThisBuild().projectFolder().resolve("samples/network-story/story.sh");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", story.toString(), folder.resolve("run").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "STORY_PORT_OFFSET", Integer.toString(TestPorts.ownServerOffset()),
                        "STORY_POSTGRES_PORT", Integer.toString(TestPorts.ownPostgres())));
        script = builder.start();
        assertThat(script.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                .as("ends in time: %s", told())
                .isTrue();
        assertThat(script.exitValue()).as(told()).isZero();
        assertThat(told()).endsWith("The network has grown as it should.\n");
        assertThat(folder.resolve("run/server/jangbu/wildfly.pid"))
                .as("stopped")
                .doesNotExist();
    }

    private String told() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
