package org.jangbu.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jangbu.quickstart.postgres.PostgresServer;

/** What one peer of the trial has in PostgreSQL, on the one channel that it has joined. */
record PeerRows(PostgresServer database, String node) {
    private static final List<String> TABLES =
            List.of("state", "history", "transactions", "blocks", "metadata_namespaces");
    private static final String OF_NODE = "ledger = (SELECT id FROM ledger.ledgers WHERE node = ?)";

    /** Number of committed blocks; 0 where there are none. */
    long height() throws SQLException {
        return number("SELECT height FROM ledger.ledgers WHERE node = ?");
    }

    long transactions() throws SQLException {
        return number("SELECT count(*) FROM ledger.transactions WHERE " + OF_NODE);
    }

    /** Removes all of it, as if the peer had never been here. */
    void forget() throws SQLException {
        try (Connection connection = database.connect()) {
            for (String table : TABLES) {
                delete(connection, "DELETE FROM ledger." + table + " WHERE " + OF_NODE);
            }
            delete(connection, "DELETE FROM ledger.ledgers WHERE node = ?");
        }
    }

    private long number(String query) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, node);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private void delete(Connection connection, String text) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setString(1, node);
            statement.executeUpdate();
        }
    }
}
