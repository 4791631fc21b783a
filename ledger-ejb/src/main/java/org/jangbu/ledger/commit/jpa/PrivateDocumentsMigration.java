package org.jangbu.ledger.commit.jpa;

import com.google.protobuf.UnsafeByteOperations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jangbu.model.query.StrictJson;

/** Private values are queried like the state: those that are there already get their JSON form by the same rules as those to come. */
final class PrivateDocumentsMigration implements JavaMigration {
    private static final int AT_ONCE = 100;

    private static final String COLUMN = "ALTER TABLE ledger.private_values ADD COLUMN value_json jsonb";
    private static final String COMMENT =
            "COMMENT ON COLUMN ledger.private_values.value_json IS 'As in state: the value where it is a JSON object.'";
    private static final String VALUES =
            "SELECT ledger, ns, hash, value FROM ledger.private_values WHERE octet_length(value) <= "
                    + StrictJson.LARGEST;
    private static final String FILL =
            "UPDATE ledger.private_values SET value_json = cast(? AS jsonb) WHERE ledger = ? AND ns = ? AND hash = ?";

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("5");
    }

    @Override
    public String getDescription() {
        return "private documents";
    }

    /** The version says all: what it does never changes. */
    @Override
    public Integer getChecksum() {
        return 1;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(COLUMN);
            statement.execute(COMMENT);
        }
        // Within a transaction the driver fetches this many rows at a time, none of them long, so that memory is
        // bounded.
        try (PreparedStatement values = connection.prepareStatement(VALUES);
                PreparedStatement fill = connection.prepareStatement(FILL)) {
            values.setFetchSize(AT_ONCE);
            try (ResultSet rows = values.executeQuery()) {
                fill(rows, fill);
            }
        }
    }

    private static void fill(ResultSet rows, PreparedStatement fill) throws SQLException {
        int waiting = 0;
        while (rows.next()) {
            Optional<String> json = StrictJson.object(UnsafeByteOperations.unsafeWrap(rows.getBytes(4)));
            if (json.isPresent()) {
                fill.setString(1, json.get());
                fill.setInt(2, rows.getInt(1));
                fill.setBytes(3, rows.getBytes(2));
                fill.setBytes(4, rows.getBytes(3));
                fill.addBatch();
                waiting++;
            }
            if (waiting == AT_ONCE) {
                fill.executeBatch();
                waiting = 0;
            }
        }
        fill.executeBatch();
    }
}
