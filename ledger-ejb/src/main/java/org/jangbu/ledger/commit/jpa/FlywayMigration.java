package org.jangbu.ledger.commit.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jangbu.ledger.state.StateUnavailableException;

/** Brings the database schema {@code ledger} to the version of this software; once, before any ledger is opened. */
public final class FlywayMigration {
    /** The schema that all ledger tables are in. */
    public static final String SCHEMA = "ledger";

    private final DataSource database;

    public FlywayMigration(DataSource database) {
        this.database = database;
    }

    /**
     * Makes or upgrades the schema. Call it outside any transaction.
     *
     * @throws StateUnavailableException if the database does not answer, or holds a schema of another origin or a later version
     */
    public void run() {
        requireUtf8();
        try {
            Flyway.configure(FlywayMigration.class.getClassLoader())
                    .dataSource(database)
                    .schemas(SCHEMA)
                    .locations("classpath:db/ledger")
                    .javaMigrations(new PrivateDocumentsMigration())
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            boolean unreachable =
                    String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("connection");
            throw new StateUnavailableException("the ledger's schema cannot be brought up to date", unreachable, e);
        }
    }

    /** In any other encoding the database would refuse texts that every other peer accepts. */
    private void requireUtf8() {
        String encoding;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW server_encoding")) {
            encoding = result.next() ? result.getString(1) : "";
        } catch (SQLException e) {
            throw new StateUnavailableException("the ledger's database does not answer", true, e);
        }
        if (!encoding.equals("UTF8")) {
            throw new StateUnavailableException(
                    "the ledger's database must have the encoding UTF8, not " + encoding, false);
        }
    }
}
