package org.jangbu.msp.ca;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jangbu.msp.ca.jdbc.FlywayMigration;
import org.jangbu.msp.ca.jdbc.JdbcRegistry;

/** One real PostgreSQL for all tests of this JVM, with the schema that Flyway makes; each test takes a registry of its own. */
public final class TestRegistry {
    private static final AtomicInteger REGISTRIES = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = start();

    private TestRegistry() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setServerConfig("synchronous_commit", "off")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres)));
            new FlywayMigration(postgres.getPostgresDatabase()).run();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static DataSource database() {
        return POSTGRES.getPostgresDatabase();
    }

    /** A database in which nobody has made anything. */
    static DataSource emptyDatabase() {
        return POSTGRES.getDatabase("postgres", "template1");
    }

    /** A name that no other test uses. */
    public static AuthorityName newName() {
        return new AuthorityName("ca-" + REGISTRIES.incrementAndGet());
    }

    public static Registry open(AuthorityName name, AuthorityCertificate certificate) {
        return JdbcRegistry.open(database(), name, certificate.keyIdentifier());
    }
}
