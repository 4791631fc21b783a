package org.jangbu.ledger.commit.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jangbu.model.query.StrictJson;
import org.junit.jupiter.api.Test;

class PrivateDocumentsMigrationTest {
    private static final int MANY = 1_300;

    private final TestDatabase server = TestDatabase.get();

    @Test
    void values_that_are_there_already_become_documents_by_the_rules_of_those_to_come() throws Exception {
        execute(server.dataSource(), "CREATE DATABASE earlier");
        DataSource database = server.dataSource("earlier");
        Flyway.configure(FlywayMigration.class.getClassLoader())
                .dataSource(database)
                .schemas(FlywayMigration.SCHEMA)
                .locations("classpath:db/ledger")
                .target("4")
                .load()
                .migrate();
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < MANY; i++) {
            values.put("key" + i, "{\"size\":" + i + "}");
        }
        values.put("number", "17");
        values.put("text", "lee");
        values.put("zero", "{\"a\":\"\\u0000\"}");
        values.put("huge", "{\"a\":1e100000}");
        values.put("long", "{\"a\":\"" + "x".repeat(StrictJson.LARGEST) + "\"}");
        put(database, values);

        new FlywayMigration(database).run();

        assertThat(single(database, "SELECT count(*) FROM ledger.private_values WHERE value_json IS NOT NULL"))
                .isEqualTo(String.valueOf(MANY));
        assertThat(single(
                        database,
                        "SELECT count(*) FROM ledger.private_values WHERE value_json = convert_from(value, 'UTF8')::jsonb"
                                + " AND convert_from(key, 'UTF8') LIKE 'key%'"))
                .isEqualTo(String.valueOf(MANY));
    }

    private static void put(DataSource database, Map<String, String> values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO ledger.private_values (block, ledger, tx, ns, hash, key, value)"
                                + " VALUES (1, 1, 0, 'cc$$hmine', ?, ?, ?)")) {
            for (Map.Entry<String, String> value : values.entrySet()) {
                insert.setBytes(1, bytes(value.getKey()));
                insert.setBytes(2, bytes(value.getKey()));
                insert.setBytes(3, bytes(value.getValue()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String single(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
