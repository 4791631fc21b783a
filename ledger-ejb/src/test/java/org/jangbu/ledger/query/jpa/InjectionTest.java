package org.jangbu.ledger.query.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jangbu.model.json.JsonForm;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonWriter;
import org.jangbu.model.query.FieldPath;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Position;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and values that would leave their query if they ever came into a statement's text. */
class InjectionTest {
    /** All that a statement may be made of: words, numbers, operators, one-word literals of ours, numbered parameters. */
    private static final Pattern HARMLESS = Pattern.compile(
            "(?:[A-Za-z_][A-Za-z_0-9.]*|\\?[0-9]+|'[a-z]+'|->|#>>?|<>|<=|>=|[0-9]+|[()\\[\\],=<>*% ])*");

    static List<String> texts() {
        return List.of(
                "';DROP TABLE ledger.state;--",
                "a' OR '1'='1",
                "a\") OR true --",
                "?1",
                ":name",
                "{fn now()}",
                "x$$; SELECT 1; $$",
                "\\'; --",
                "a\\.b'",
                "/* */",
                "}'::jsonb",
                "1}',\"x",
                "\u0001\u0002",
                "𝒳'");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void stay_parameters(String text) throws Exception {
        String json = JsonWriter.text(new JsonText(text), JsonForm.GO);
        String name = JsonWriter.text(new JsonText(text.replace("\\", "").replace(".", "\\.")), JsonForm.GO);
        TestDocuments documents = new TestDocuments();
        documents.put(Map.of(
                "hit",
                "{" + JsonWriter.text(new JsonText(text.replace("\\", "")), JsonForm.GO) + ":" + json + "}",
                "miss",
                "{\"other\":1}"));
        documents.put("other", Map.of("hit", "{\"other\":1}"));
        for (String operator : List.of(
                json,
                "{\"$gte\":" + json + "}",
                "{\"$in\":[" + json + "]}",
                "{\"$beginsWith\":" + json + "}",
                "{\"$not\":{\"$size\":3}}",
                "{\"$exists\":true}",
                "{\"$not\":{\"$elemMatch\":{" + name + ":" + json + "}}}",
                "{\"$not\":{\"$all\":[" + json + "]}}")) {
            String query = "{\"selector\":{" + name + ":" + operator + "},\"sort\":[{" + name
                    + ":\"desc\"}],\"fields\":[" + name + "]}";
            MangoQuery parsed = MangoQuery.parse(query);
            Set<FieldPath> indexed = Set.copyOf(parsed.sort());
            assertThat(documents.keys(query, 1, indexed)).as(query).containsExactly("hit");
            FindStatement statement = new FindStatement(
                    Source.PRIVATE_VALUES,
                    1,
                    text,
                    parsed,
                    Optional.of(new Position(List.of(text.getBytes(StandardCharsets.UTF_8)), text)),
                    5,
                    indexed);
            assertThat(statement.sql()).matches(HARMLESS);
        }
        assertThat(documents.keys("{\"selector\":{\"_id\":" + json + "}}")).isEmpty();
        assertThat(documents.keys("{\"selector\":{\"_id\":{\"$in\":[" + json + ",\"hit\"]}}}"))
                .containsExactly("hit");
    }
}
