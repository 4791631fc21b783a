package org.jangbu.msp.ca.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jangbu.msp.ca.RegistryException;

/**
 * What the authorities of a database have revoked, by their own lists. Any server of the database may read it, whether it hosts an authority
 * or not. To be called by one thread at a time, without a transaction of the container.
 */
public final class PublishedLists {
    private final DataSource database;
    private Map<String, Long> seen = Map.of();
    private boolean there;

    public PublishedLists(DataSource database) {
        this.database = database;
    }

    /**
     * All lists, in PEM, if any is another one than at the last call; a question of a few rows where nothing has changed. Without
     * registries in the database nothing ever does.
     *
     * @throws RegistryException if the database does not answer
     */
    public Optional<List<String>> changed() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            if (!isThere(statement) || numbers(statement).equals(seen)) {
                return Optional.empty();
            }
            return Optional.of(read(statement));
        } catch (SQLException e) {
            throw new RegistryException("what authorities have revoked cannot be read", e);
        }
    }

    /** Only a server that hosts authorities makes the schema. */
    private boolean isThere(Statement statement) throws SQLException {
        if (!there) {
            try (ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM information_schema.columns"
                    + " WHERE table_schema = 'ca' AND table_name = 'authorities' AND column_name = 'published')")) {
                there = row.next() && row.getBoolean(1);
            }
        }
        return there;
    }

    private static Map<String, Long> numbers(Statement statement) throws SQLException {
        Map<String, Long> numbers = new HashMap<>();
        try (ResultSet row = statement.executeQuery("SELECT name, published FROM ca.authorities WHERE published > 0")) {
            while (row.next()) {
                numbers.put(row.getString(1), row.getLong(2));
            }
        }
        return numbers;
    }

    private List<String> read(Statement statement) throws SQLException {
        Map<String, Long> numbers = new HashMap<>();
        Map<String, String> lists = new TreeMap<>();
        try (ResultSet row =
                statement.executeQuery("SELECT name, published, list FROM ca.authorities WHERE published > 0")) {
            while (row.next()) {
                numbers.put(row.getString(1), row.getLong(2));
                lists.put(row.getString(1), row.getString(3));
            }
        }
        seen = numbers;
        return List.copyOf(lists.values());
    }
}
