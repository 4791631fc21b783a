package org.jangbu.ledger.query.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.persistence.Query;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jangbu.ledger.query.jdbc.JdbcQueryIndexes;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.query.IndexDefinition;
import org.jangbu.model.query.MangoQuery;
import org.jangbu.model.query.QueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

@ParameterizedClass
@EnumSource(Source.class)
@SuppressWarnings("NullAway.Init") // set before the tests of each source
class QueryIndexesTest {
    private static final int ROWS = 20_000;

    private static TestDocuments documents;
    private static JdbcQueryIndexes indexes;

    private final Source source;

    QueryIndexesTest(Source source) {
        this.source = source;
    }

    @BeforeParameterizedClassInvocation
    static void keep_many_documents_and_index_them(Source source) throws Exception {
        documents = new TestDocuments(source);
        indexes = documents.indexes();
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < ROWS; i++) {
            many.put(
                    String.format("asset%05d", i),
                    "{\"docType\":\"asset\",\"owner\":\"owner" + i % 1000 + "\",\"size\":" + i + ",\"tags\":[\"t"
                            + i % 500 + "\"],\"it's\":{\"0\":" + i + "}}");
        }
        documents.put(many);
        documents.put("other", many);
        indexes.make(
                documents.namespace(),
                List.of(
                        index("\"docType\",\"owner\""),
                        index("\"owner\""),
                        index("\"size\""),
                        index("\"tags\""),
                        index("\"it's.0\"")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"selector\":{\"owner\":\"owner77\"}}",
                "{\"selector\":{\"docType\":\"asset\",\"owner\":\"owner77\"}}",
                "{\"selector\":{\"owner\":{\"$in\":[\"owner77\",\"owner78\"]}}}",
                "{\"selector\":{\"owner\":{\"$beginsWith\":\"owner77\"}}}",
                "{\"selector\":{\"owner\":{\"$gte\":\"owner77\",\"$lt\":\"owner78\"},\"size\":{\"$lt\":500}}}",
                "{\"selector\":{\"tags\":{\"$in\":[\"t9\"]},\"owner\":\"owner9\"}}",
                "{\"selector\":{\"size\":{\"$gt\":19900}}}",
                "{\"selector\":{\"$or\":[{\"owner\":\"owner1\"},{\"size\":17}]}}",
                "{\"selector\":{\"it's.0\":{\"$lte\":20}}}",
                "{\"selector\":{\"owner\":\"owner77\",\"size\":{\"$regex\":\"x\"}}}",
                "{\"selector\":{\"docType\":\"asset\"},\"sort\":[{\"size\":\"desc\"}]}",
                "{\"selector\":{\"size\":{\"$gt\":5000}},\"sort\":[\"size\"]}"
            })
    void what_an_index_covers_is_not_scanned(String text) throws Exception {
        String plan = plan(text);
        assertThat(plan)
                .contains("query_")
                .doesNotContain("Seq Scan on " + source.table())
                .doesNotContain("using " + source.table())
                .doesNotContain("Index Scan on " + source.table());
        if (text.contains("sort")) {
            assertThat(plan).as("the index gives the order").contains("Incremental Sort");
        }
        assertThat(documents.keys(text, 150, indexes.indexed(documents.namespace())))
                .as("the same answers as without it")
                .isEqualTo(documents.keys(text, 20_001, Set.of()));
    }

    @Test
    void an_index_is_used_however_often_a_statement_is_prepared() throws Exception {
        long before = scans();
        for (int i = 0; i < 30; i++) {
            assertThat(documents.keys(
                            "{\"selector\":{\"owner\":\"owner" + i + "\"}}",
                            150,
                            indexes.indexed(documents.namespace())))
                    .hasSize(ROWS / 1000);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> scans() >= before + 30);
    }

    @Test
    void an_index_belongs_to_its_namespace_and_ledger() {
        assertThat(indexes.indexed("other")).isEmpty();
        assertThat(new TestDocuments(source).indexes().indexed(documents.namespace()))
                .isEmpty();
    }

    @Test
    void no_value_is_too_long_for_an_index_nor_of_a_wrong_type() throws Exception {
        TestDocuments other = new TestDocuments(source);
        JdbcQueryIndexes made = other.indexes();
        made.make(documents.namespace(), List.of(index("\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\"")));
        String chinese = "\u4e2d".repeat(20_000);
        StringBuilder document = new StringBuilder("{\"x\":1");
        for (String name : List.of("a", "b", "c", "d")) {
            document.append(",\"").append(name).append("\":\"").append(chinese).append('"');
        }
        for (String name : List.of("e", "f", "g", "h")) {
            document.append(",\"")
                    .append(name)
                    .append("\":[")
                    .append("[1e300,".repeat(30))
                    .append("{}")
                    .append("]".repeat(31));
        }
        other.put(Map.of("long", document.append('}').toString(), "null", "{\"a\":null}", "none", "{}"));
        String query = "{\"selector\":{\"a\":{\"$gt\":\"" + "\u4e2d".repeat(200) + "\"}}}";
        assertThat(other.keys(query, 10, made.indexed(documents.namespace()))).containsExactly("long");
        String sorted = "{\"selector\":{},\"sort\":[\"a\"]}";
        assertThat(other.keys(sorted, 1, made.indexed(documents.namespace()))).containsExactly("null", "long");
    }

    @Test
    void at_the_length_where_an_index_cuts_off_it_answers_the_same() throws Exception {
        TestDocuments other = new TestDocuments(source);
        Map<String, String> around = new HashMap<>();
        for (int length = 250; length < 260; length++) {
            around.put("k" + length, "{\"a\":\"" + "x".repeat(length) + "\"}");
            around.put("m" + length, "{\"a\":[\"" + "x".repeat(length) + "y\"]}");
        }
        other.put(around);
        JdbcQueryIndexes made = other.indexes();
        made.make(documents.namespace(), List.of(index("\"a\"")));
        for (int length = 250; length < 260; length++) {
            String text = "\"" + "x".repeat(length) + "\"";
            for (String operator : List.of(
                    "{\"$lt\":" + text + "}",
                    "{\"$lte\":" + text + "}",
                    text,
                    "{\"$ne\":" + text + "}",
                    "{\"$gte\":" + text + "}",
                    "{\"$gt\":" + text + "}",
                    "{\"$in\":[" + text + "]}",
                    "{\"$in\":[\"" + "x".repeat(length) + "y\"," + text + "]}",
                    "{\"$beginsWith\":" + text + "}",
                    "{\"$lt\":[" + text + "]}")) {
                String query = "{\"selector\":{\"a\":" + operator + "},\"sort\":[{\"a\":\"desc\"}]}";
                assertThat(other.keys(query, 3, made.indexed(documents.namespace())))
                        .as(query)
                        .isEqualTo(other.keys(query, 100, Set.of()));
            }
        }
    }

    @Test
    void what_a_crash_left_half_made_is_made_anew() throws Exception {
        TestDocuments other = new TestDocuments(source);
        other.put(Map.of("k", "{\"a\":1}"));
        JdbcQueryIndexes made = other.indexes();
        made.make(documents.namespace(), List.of(index("\"a\"")));
        String name = single("SELECT 'query_' || max(id) FROM ledger.query_indexes WHERE ledger = " + other.ledger);
        String first = single("SELECT oid FROM pg_class WHERE relname = '" + name + "'");
        execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = " + first);
        assertThat(other.indexes().indexed(documents.namespace())).isEmpty();

        made.make(documents.namespace(), List.of(index("\"a\"")));
        String second = single("SELECT oid FROM pg_class WHERE relname = '" + name + "'");
        assertThat(second).isNotEqualTo(first);
        assertThat(made.indexed(documents.namespace()))
                .isEqualTo(Set.copyOf(index("\"a\"").fields()));

        made.make(documents.namespace(), List.of(index("\"a\"")));
        assertThat(single("SELECT oid FROM pg_class WHERE relname = '" + name + "'"))
                .as("one that is ready stays")
                .isEqualTo(second);
    }

    @Test
    void rows_are_written_while_an_index_is_made() throws Exception {
        TestDocuments other = new TestDocuments(source);
        other.put(Map.of("k1", "{\"a\":1}"));
        JdbcQueryIndexes made = other.indexes();
        try (Connection blocking = other.database.dataSource().getConnection();
                Statement statement = blocking.createStatement()) {
            blocking.setAutoCommit(false);
            statement.execute("LOCK TABLE ledger." + source.table() + " IN ROW EXCLUSIVE MODE");
            CompletableFuture<Void> making =
                    CompletableFuture.runAsync(() -> made.make(documents.namespace(), List.of(index("\"a\""))));
            awaitHalfMade(other);
            other.put(Map.of("k2", "{\"a\":2}"));
            assertThat(made.indexed(documents.namespace())).isEmpty();
            assertThat(making).isNotDone();
            blocking.rollback();
            making.get(60, TimeUnit.SECONDS);
        }
        assertThat(other.keys("{\"selector\":{\"a\":{\"$gt\":0}}}", 10, made.indexed(documents.namespace())))
                .containsExactly("k1", "k2");
        assertThat(made.indexed(documents.namespace())).hasSize(1);
    }

    @Test
    void an_index_may_take_longer_to_make_than_a_connection_waits_for_an_answer() throws Exception {
        TestDocuments other = new TestDocuments(source);
        PGSimpleDataSource impatient = other.database.dataSource().unwrap(PGSimpleDataSource.class);
        impatient.setSocketTimeout(2);
        JdbcQueryIndexes made = other.indexes(impatient);
        try (Connection blocking = other.database.dataSource().getConnection();
                Statement statement = blocking.createStatement()) {
            blocking.setAutoCommit(false);
            statement.execute("LOCK TABLE ledger." + source.table() + " IN ROW EXCLUSIVE MODE");
            CompletableFuture<Void> making =
                    CompletableFuture.runAsync(() -> made.make(documents.namespace(), List.of(index("\"a\""))));
            awaitHalfMade(other);
            await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
            blocking.rollback();
            making.get(60, TimeUnit.SECONDS);
        }
        assertThat(made.indexed(documents.namespace())).hasSize(1);
    }

    @Test
    void what_the_database_is_still_making_is_left_alone() throws Exception {
        TestDocuments other = new TestDocuments(source);
        JdbcQueryIndexes made = other.indexes();
        made.make(documents.namespace(), List.of(index("\"a\"")));
        String name = single("SELECT 'query_' || max(id) FROM ledger.query_indexes WHERE ledger = " + other.ledger);
        String number = "SELECT oid FROM pg_class WHERE relname = '" + name + "'";
        execute("DROP INDEX ledger." + name);
        String first;
        try (Connection blocking = other.database.dataSource().getConnection();
                Statement statement = blocking.createStatement()) {
            blocking.setAutoCommit(false);
            statement.execute("LOCK TABLE ledger." + source.table() + " IN ROW EXCLUSIVE MODE");
            CompletableFuture<Void> orphaned = CompletableFuture.runAsync(() -> assertThatCode(() ->
                            execute("CREATE INDEX CONCURRENTLY " + name + " ON ledger." + source.table() + " (ledger)"))
                    .doesNotThrowAnyException());
            awaitHalfMade(other);
            first = single(number);
            assertThatThrownBy(() -> CompletableFuture.runAsync(
                                    () -> made.make(documents.namespace(), List.of(index("\"a\""))))
                            .get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(StateUnavailableException.class);
            blocking.rollback();
            orphaned.get(60, TimeUnit.SECONDS);
        }
        made.make(documents.namespace(), List.of(index("\"a\"")));
        assertThat(single(number)).isEqualTo(first);
        assertThat(made.indexed(documents.namespace())).hasSize(1);
    }

    private void awaitHalfMade(TestDocuments other) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> single("SELECT count(*) FROM pg_index i JOIN ledger.query_indexes q ON q.ledger = "
                                + other.ledger + " JOIN pg_class c ON c.oid = i.indexrelid"
                                + " AND c.relname = 'query_' || q.id WHERE NOT i.indisvalid")
                        .equals("1"));
    }

    private String plan(String text) throws Exception {
        FindStatement statement = new FindStatement(
                source,
                documents.ledger,
                documents.namespace(),
                MangoQuery.parse(text),
                Optional.empty(),
                102,
                indexes.indexed(documents.namespace()));
        List<?> lines = documents.database.unitOfWork().<List<?>>read(manager -> {
            Query query = manager.createNativeQuery("EXPLAIN " + statement.sql());
            statement.bind(query);
            return query.getResultList();
        });
        return String.join("\n", lines.stream().map(String::valueOf).toList());
    }

    private long scans() throws SQLException {
        return Long.parseLong(single("SELECT sum(idx_scan) FROM pg_stat_user_indexes s JOIN ledger.query_indexes q"
                + " ON s.indexrelname = 'query_' || q.id WHERE q.ledger = " + documents.ledger));
    }

    private String single(String sql) throws SQLException {
        try (Connection connection = documents.database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = documents.database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static IndexDefinition index(String fields) {
        try {
            return IndexDefinition.parse(
                    ("{\"index\":{\"fields\":[" + fields + "]},\"ddoc\":\"d\",\"name\":\"n\",\"type\":\"json\"}")
                            .getBytes(StandardCharsets.UTF_8));
        } catch (QueryException e) {
            throw new AssertionError(fields, e);
        }
    }
}
