package org.jangbu.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jangbu.web.view.BlockView;
import org.jangbu.web.view.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON of real blocks must not change: programs read it. After a wanted change, run with {@code -Dgolden.write=true} and read the difference. */
class GoldenViewsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 6, 7, 9, 10})
    void shows_a_real_block_as_recorded(int number) throws IOException {
        assertGolden(number + ".json", BlockView.of(Vectors.block(number)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9})
    void summarises_a_real_block_as_recorded(int number) throws IOException {
        assertGolden(
                number + "-summary.json", BlockView.of(Vectors.block(number)).summary());
    }

    private static void assertGolden(String name, Object view) throws IOException {
        String json = pretty(view);
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, json);
        }
        assertThat(json).isEqualTo(Files.readString(file));
    }

    private static String pretty(Object view) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.createGeneratorFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createGenerator(text)) {
            new JsonRecords(json).write(view);
        }
        return text + "\n";
    }
}
