package org.jangbu.msp.ca.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import javax.sql.DataSource;
import org.jangbu.msp.ca.AuthorityName;
import org.jangbu.msp.ca.CaException;
import org.jangbu.msp.ca.Registry;
import org.jangbu.msp.ca.RegistryException;

/**
 * One authority's rows. Each transaction is a database transaction of its own, on disk when it ends: what was issued or revoked is never
 * forgotten. To be called without a transaction of the container on the thread.
 */
public final class JdbcRegistry implements Registry {
    private final DataSource database;
    private final AuthorityName authority;

    private JdbcRegistry(DataSource database, AuthorityName authority) {
        this.database = database;
        this.authority = authority;
    }

    /**
     * Opens the registry of an authority, making it if there is none.
     *
     * @param keyIdentifier of the authority's key: the registry of another one that had the same name is not taken over
     * @throws RegistryException if the registry belongs to another key or cannot be opened
     */
    public static JdbcRegistry open(DataSource database, AuthorityName authority, byte[] keyIdentifier) {
        JdbcRegistry registry = new JdbcRegistry(database, authority);
        byte[] known = registry.transact(connection -> registry.claim(connection, keyIdentifier));
        if (!Arrays.equals(known, keyIdentifier)) {
            throw new RegistryException("the registry of " + authority + " in the database belongs to another key");
        }
        return registry;
    }

    private byte[] claim(Connection connection, byte[] keyIdentifier) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ca.authorities (name, key_identifier) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, authority.value());
            insert.setBytes(2, keyIdentifier);
            insert.executeUpdate();
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT key_identifier FROM ca.authorities WHERE name = ?")) {
            select.setString(1, authority.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : new byte[0];
            }
        }
    }

    @Override
    public <T> T inTransaction(Work<T> work) throws CaException {
        return transact(connection -> work.with(new JdbcTables(connection, authority)));
    }

    private <T, E extends Exception> T transact(Step<T, E> step) throws E {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                durable(connection);
                T done = step.with(connection);
                connection.commit();
                return done;
            } finally {
                // After a commit there is nothing to take back.
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new RegistryException("the registry of " + authority + " is not available", e);
        }
    }

    /** Whatever the connection was set to before, for example by the ledger, whose files can tell again what a crash has lost. */
    private static void durable(Connection connection) throws SQLException {
        try (Statement set = connection.createStatement()) {
            set.execute("SET LOCAL synchronous_commit = on");
        }
    }

    @FunctionalInterface
    private interface Step<T, E extends Exception> {
        T with(Connection connection) throws E, SQLException;
    }
}
