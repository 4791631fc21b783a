package org.jangbu.msp.ca.jdbc;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jangbu.msp.ca.RegistryException;

/** Brings the database schema {@code ca} to the version of this software; once, before any registry is opened. */
public final class FlywayMigration {
    /** The schema that all tables of registries are in. */
    public static final String SCHEMA = "ca";

    private final DataSource database;

    public FlywayMigration(DataSource database) {
        this.database = database;
    }

    /**
     * Makes or upgrades the schema. Call it outside any transaction.
     *
     * @throws RegistryException if the database does not answer, or holds a schema of another origin or a later version
     */
    public void run() {
        try {
            Flyway.configure(FlywayMigration.class.getClassLoader())
                    .dataSource(database)
                    .schemas(SCHEMA)
                    .locations("classpath:db/ca")
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new RegistryException("the schema of the registries cannot be brought up to date", e);
        }
    }
}
