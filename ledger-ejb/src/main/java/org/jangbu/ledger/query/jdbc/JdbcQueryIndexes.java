package org.jangbu.ledger.query.jdbc;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jangbu.ledger.query.QueryIndexes;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.Sha256;
import org.jangbu.model.query.FieldPath;
import org.jangbu.model.query.IndexDefinition;
import org.jangbu.model.query.QueryException;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of one ledger's state or private values. Each is a row of {@code ledger.query_indexes} and, named after the row, an index of the
 * table that has them, which is ready when PostgreSQL calls it valid.
 */
public final class JdbcQueryIndexes implements QueryIndexes {
    /** PostgreSQL makes one index of a table at a time; who waits for another's would keep that one from its end. */
    private static final ReentrantLock MAKING = new ReentrantLock();

    private static final long FRESH_NANOS = 10_000_000_000L;
    private static final String NAME = "query_";
    private static final int STATISTICS_NAME_BYTES = 16;

    private static final String REGISTER = """
            INSERT INTO ledger.query_indexes (ledger, ns, fields) VALUES (?, ?, ?) ON CONFLICT DO NOTHING""";
    private static final String FIND = """
            SELECT q.id, i.indisvalid FROM ledger.query_indexes q
            LEFT JOIN (pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'ledger'
                JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid) ON c.relname = 'query_' || q.id
            WHERE q.ledger = ? AND q.ns = ? AND q.fields = ?""";
    private static final String READY = """
            SELECT q.fields FROM ledger.query_indexes q
            JOIN pg_catalog.pg_class c ON c.relname = 'query_' || q.id
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'ledger'
            JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid AND i.indisvalid
            WHERE q.ledger = ? AND q.ns = ?""";

    private static final String BEING_MADE = """
            SELECT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p
                WHERE p.datname = current_database() AND p.relid = cast(? AS regclass))""";

    private final DataSource database;
    private final int ledger;
    private final String table;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private JdbcQueryIndexes(DataSource database, int ledger, String table) {
        this.database = database;
        this.ledger = ledger;
        this.table = table;
    }

    /** Those of the state. */
    public static JdbcQueryIndexes ofState(DataSource database, int ledger) {
        return new JdbcQueryIndexes(database, ledger, "state");
    }

    /** Those of private values, whose namespaces are those of their hashes. */
    public static JdbcQueryIndexes ofPrivateValues(DataSource database, int ledger) {
        return new JdbcQueryIndexes(database, ledger, "private_values");
    }

    @Override
    public void make(String namespace, Collection<IndexDefinition> wanted) {
        MAKING.lock();
        try (Connection connection = database.getConnection();
                Patience patience = Patience.of(connection)) {
            boolean made = false;
            for (IndexDefinition definition : new HashSet<>(wanted)) {
                made |= make(patience.connection(), namespace, definition);
            }
            if (made) {
                execute(connection, "ANALYZE ledger." + table);
            }
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            MAKING.unlock();
            known.remove(namespace);
        }
    }

    private boolean make(Connection connection, String namespace, IndexDefinition definition) throws SQLException {
        byte[] ns = namespace.getBytes(StandardCharsets.UTF_8);
        try (PreparedStatement register = connection.prepareStatement(REGISTER)) {
            set(register, ns, definition).executeUpdate();
        }
        try (PreparedStatement find = connection.prepareStatement(FIND);
                ResultSet row = set(find, ns, definition).executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the row of an index is gone");
            }
            String name = NAME + row.getLong(1);
            if (row.getBoolean(2)) {
                return false;
            }
            boolean halfMade = !row.wasNull();
            refuseWhileOthersMake(connection);
            if (halfMade) {
                execute(connection, "DROP INDEX CONCURRENTLY IF EXISTS ledger." + name);
            }
            IndexSql sql = new IndexSql(connection, table);
            for (FieldPath field : definition.fields()) {
                execute(connection, sql.statistics(field));
            }
            execute(connection, sql.create(name, ledger, ns, definition.fields()));
            IndexMessages.LOG.made(name, ledger, namespace, definition.text());
            return true;
        }
    }

    /** What looks half made may be what a connection that broke had begun: the database goes on with it, and it is not to be dropped. */
    private void refuseWhileOthersMake(Connection connection) throws SQLException {
        try (PreparedStatement beingMade = connection.prepareStatement(BEING_MADE)) {
            beingMade.setString(1, "ledger." + table);
            try (ResultSet row = beingMade.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    throw new StateUnavailableException(
                            "the database is still making an index of ledger." + table, true);
                }
            }
        }
    }

    private PreparedStatement set(PreparedStatement statement, byte[] ns, IndexDefinition definition)
            throws SQLException {
        statement.setInt(1, ledger);
        statement.setBytes(2, ns);
        statement.setString(3, definition.text());
        return statement;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public Set<FieldPath> indexed(String namespace) {
        Known last = known.get(namespace);
        long now = System.nanoTime();
        if (last == null || now - last.readAt() > FRESH_NANOS) {
            last = new Known(read(namespace), now);
            known.put(namespace, last);
        }
        return last.fields();
    }

    private Set<FieldPath> read(String namespace) {
        Set<FieldPath> fields = new HashSet<>();
        try (Connection connection = database.getConnection();
                PreparedStatement ready = connection.prepareStatement(READY)) {
            ready.setInt(1, ledger);
            ready.setBytes(2, namespace.getBytes(StandardCharsets.UTF_8));
            try (ResultSet rows = ready.executeQuery()) {
                while (rows.next()) {
                    fields.addAll(IndexDefinition.fieldsOf(rows.getString(1)));
                }
            }
            return Set.copyOf(fields);
        } catch (SQLException e) {
            throw failed(e);
        } catch (QueryException e) {
            throw new IllegalStateException("a row of ledger.query_indexes cannot be read", e);
        }
    }

    private static StateUnavailableException failed(SQLException e) {
        @Nullable String state = e.getSQLState();
        return new StateUnavailableException(
                "the ledger's database does not answer" + (state == null ? "" : " (" + state + ")"), true, e);
    }

    /** A connection that waits for answers as long as they take: making an index takes longer than any other statement. */
    private record Patience(Connection connection, int usualMillis) implements AutoCloseable {
        private static Patience of(Connection connection) throws SQLException {
            Patience patience = new Patience(connection, connection.getNetworkTimeout());
            connection.setNetworkTimeout(Runnable::run, 0);
            return patience;
        }

        @Override
        public void close() throws SQLException {
            connection.setNetworkTimeout(Runnable::run, usualMillis);
        }
    }

    private record Known(Set<FieldPath> fields, long readAt) {}

    /** The statements that make indexes. No statement that makes something takes parameters, so the database itself quotes what it is given. */
    private record IndexSql(Connection connection, String table) {
        private String create(String name, int ledger, byte[] ns, List<FieldPath> fields) throws SQLException {
            StringBuilder columns = new StringBuilder();
            for (FieldPath field : fields) {
                columns.append(columns.isEmpty() ? "" : ", ").append(column(field));
            }
            return "CREATE INDEX CONCURRENTLY " + name + " ON ledger." + table + " (" + columns + ") WHERE ledger = "
                    + ledger + " AND ns = " + literal(hexadecimal(ns)) + "::bytea AND value_json IS NOT NULL";
        }

        /** How the values of a field are spread; the planner does not ask a partial index for it, and would guess. */
        private String statistics(FieldPath field) throws SQLException {
            ByteString name = Sha256.of(ByteString.copyFromUtf8(new IndexDefinition(List.of(field)).text()));
            return "CREATE STATISTICS IF NOT EXISTS ledger." + table + "_"
                    + HexFormat.of().formatHex(name.toByteArray(), 0, STATISTICS_NAME_BYTES) + " ON (" + column(field)
                    + ") FROM ledger." + table;
        }

        private String column(FieldPath field) throws SQLException {
            String value = "value_json";
            for (String name : field.names()) {
                String literal = literal(name) + "::text";
                value = FieldPath.isIndex(name)
                        ? "(" + value + " #> ARRAY[" + literal + "])"
                        : "(" + value + " -> " + literal + ")";
            }
            return "ledger.index_key(" + value + ")";
        }

        private static String hexadecimal(byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }

        private String literal(String text) throws SQLException {
            try (PreparedStatement quote = connection.prepareStatement("SELECT quote_literal(?)")) {
                quote.setString(1, text);
                try (ResultSet quoted = quote.executeQuery()) {
                    quoted.next();
                    return quoted.getString(1);
                }
            }
        }
    }
}
