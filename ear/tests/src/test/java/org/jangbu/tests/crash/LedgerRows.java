package org.jangbu.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jangbu.quickstart.postgres.PostgresServer;

/** What the peers have of the channel in PostgreSQL, asked past the application. */
record LedgerRows(PostgresServer database) {
    private static final List<String> TABLES =
            List.of("state", "history", "transactions", "blocks", "metadata_namespaces");
    private static final String LEDGER_OF_NODE =
            " FROM ledger.ledgers WHERE channel = '" + NodeFolders.CHANNEL + "' AND node = ?";
    private static final String OF_NODE = "ledger = (SELECT id" + LEDGER_OF_NODE + ")";

    /** Number of blocks that a peer's rows reflect; 0 where it has none. */
    long height(String node) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement("SELECT height" + LEDGER_OF_NODE)) {
            query.setString(1, node);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /** The height that both peers have reached. */
    long commonHeight() throws SQLException {
        return Math.min(height(NodeFolders.PEER_OF_ORG1), height(NodeFolders.PEER_OF_ORG2));
    }

    /** Every entry, version, value, history row and verdict of one peer is the other's. */
    void assertEqual() throws SQLException {
        assertSame("state", "ns, key, value, metadata, block, tx, version, value_json::text");
        assertSame("history", "ns, key, block, tx, tx_id, deleted, value, ts_seconds, ts_nanos");
        assertSame("transactions", "tx_id, block, position, code");
        assertSame("blocks", "number, checksum, hash");
    }

    /** The sum of all accounts' balances on a peer. */
    long sumOfBalances(String node) throws SQLException {
        String sum = "SELECT sum((value_json ->> 'balance')::numeric) FROM ledger.state WHERE ns = 'remittance' AND "
                + OF_NODE;
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(sum)) {
            query.setString(1, node);
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getObject(1, BigDecimal.class).longValueExact();
            }
        }
    }

    /** Keys of the key-value contract on a peer, and the blocks that wrote them last. */
    Map<String, Long> keys(String node) throws SQLException {
        String all = "SELECT key, block FROM ledger.state WHERE ns = 'keyvalue' AND " + OF_NODE;
        Map<String, Long> keys = new HashMap<>();
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(all)) {
            query.setString(1, node);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    keys.put(new String(rows.getBytes(1), StandardCharsets.UTF_8), rows.getLong(2));
                }
            }
        }
        return keys;
    }

    /** Removes everything of a peer, as if it had never been here. */
    void forget(String node) throws SQLException {
        try (Connection connection = database.connect()) {
            for (String table : TABLES) {
                execute(connection, "DELETE FROM ledger." + table + " WHERE " + OF_NODE, node);
            }
            execute(connection, "DELETE" + LEDGER_OF_NODE, node);
        }
    }

    private static void execute(Connection connection, String text, String node) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setString(1, node);
            statement.executeUpdate();
        }
    }

    private void assertSame(String table, String columns) throws SQLException {
        String rows = "SELECT " + columns + " FROM ledger." + table + " WHERE " + OF_NODE;
        String difference = "SELECT count(*) FROM ((" + rows + " EXCEPT ALL " + rows + ") UNION ALL (" + rows
                + " EXCEPT ALL " + rows + ")) AS difference";
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(difference)) {
            query.setString(1, NodeFolders.PEER_OF_ORG1);
            query.setString(2, NodeFolders.PEER_OF_ORG2);
            query.setString(3, NodeFolders.PEER_OF_ORG2);
            query.setString(4, NodeFolders.PEER_OF_ORG1);
            try (ResultSet result = query.executeQuery()) {
                assertThat(result.next()).isTrue();
                assertThat(result.getLong(1))
                        .as("rows of %s that only one peer has", table)
                        .isZero();
            }
        }
    }
}
