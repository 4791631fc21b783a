package org.jangbu.ledger.query.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.json.JsonForm;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonWriter;
import org.jangbu.model.query.Collation;
import org.jangbu.model.query.Document;
import org.jangbu.model.query.FieldPath;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.Matching;
import org.jangbu.model.query.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random selectors over random documents: the database answers what {@link Matching} says, in the order that {@link Collation} says. */
class QueriesMatchTest {
    private static final int DOCUMENTS = 120;
    private static final int QUERIES = Integer.getInteger("jangbu.test.queries", 700);

    @ParameterizedTest
    @EnumSource(Source.class)
    void the_database_finds_what_the_evaluator_finds_and_in_the_same_order(Source source) throws Exception {
        RandomQueries random = new RandomQueries(20260719);
        Map<String, String> documents = new TreeMap<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            documents.put((i % 7 == 0 ? "\0key\0" : i % 3 == 0 ? "k" : "K\uFF21") + i, random.document());
        }
        TestDocuments database = new TestDocuments(source);
        database.put(documents);
        int found = 0;
        for (int i = 0; i < QUERIES; i++) {
            String text = "{\"selector\":" + random.selector() + ",\"sort\":" + random.sort() + "}";
            MangoQuery query = MangoQuery.parse(text);
            List<String> expected = expected(documents, query);
            Set<FieldPath> indexed = new HashSet<>();
            if (i % 2 == 0) {
                indexed.addAll(RandomQueries.fields(query.selector()));
                indexed.addAll(query.sort());
            }
            assertThat(database.keys(text, 1 + i % 50, indexed)).as(text).isEqualTo(expected);
            found += expected.size();
        }
        assertThat(found).as("answers in all").isGreaterThan(QUERIES * 5);
    }

    @Test
    void many_long_paths_may_lack_something() throws Exception {
        Map<String, String> documents = new TreeMap<>();
        for (int depth = 0; depth < 34; depth++) {
            documents.put("object" + depth, "{\"a\":".repeat(depth) + "{}" + "}".repeat(depth));
            documents.put("text" + depth, "{\"a\":".repeat(depth) + "{\"a\":\"x\"}" + "}".repeat(depth));
        }
        TestDocuments database = new TestDocuments();
        database.put(documents);
        String absent = "{\"" + String.join(".", Collections.nCopies(32, "a")) + "\":{\"$exists\":false}}";
        String text = "{\"selector\":{\"$and\":[" + String.join(",", Collections.nCopies(64, absent)) + "]}}";
        List<String> expected = expected(documents, MangoQuery.parse(text));
        assertThat(expected).hasSize(32);
        assertThat(database.keys(text)).isEqualTo(expected);
    }

    @Test
    void keys_are_in_the_order_of_values_here_and_in_the_database() throws Exception {
        RandomQueries random = new RandomQueries(7);
        List<JsonValue> values = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            JsonValue.JsonObject document = DocumentedOperatorsTest.object(random.document());
            document.members().values().forEach(value -> {
                values.add(value);
                texts.add(JsonWriter.text(value, JsonForm.GO));
            });
        }
        for (JsonValue a : values.subList(0, 150)) {
            for (JsonValue b : values) {
                assertThat(Integer.signum(Arrays.compareUnsigned(Collation.key(a), Collation.key(b))))
                        .as("%s, %s", a, b)
                        .isEqualTo(Integer.signum(Collation.compare(a, b)));
            }
        }
        List<?> keys = new TestDocuments()
                .database
                .unitOfWork()
                .<List<?>>read(manager -> manager.createNativeQuery(
                                "SELECT ledger.json_key(cast(u.v AS jsonb)) FROM unnest(?1) WITH ORDINALITY AS u(v, i) ORDER BY u.i")
                        .setParameter(1, texts.toArray(String[]::new))
                        .getResultList());
        for (int i = 0; i < keys.size(); i++) {
            assertThat((byte[]) keys.get(i)).as(texts.get(i)).isEqualTo(Collation.key(values.get(i)));
        }
    }

    private static List<String> expected(Map<String, String> documents, MangoQuery query) throws Exception {
        List<Position> positions = new ArrayList<>();
        for (Map.Entry<String, String> document : documents.entrySet()) {
            Document parsed = Document.parse(document.getKey(), document.getValue());
            if (parsed.isSortable(query) && parsed.matches(query)) {
                positions.add(parsed.position(query));
            }
        }
        Comparator<Position> order = (a, b) -> {
            for (int i = 0; i < a.sortKeys().size(); i++) {
                int compared =
                        Arrays.compareUnsigned(a.sortKeys().get(i), b.sortKeys().get(i));
                if (compared != 0) {
                    return compared;
                }
            }
            return new StateKey("cc", a.key()).compareTo(new StateKey("cc", b.key()));
        };
        positions.sort(query.descending() ? order.reversed() : order);
        return positions.stream().map(Position::key).toList();
    }
}
