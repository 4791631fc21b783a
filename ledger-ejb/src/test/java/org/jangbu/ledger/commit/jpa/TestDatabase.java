package org.jangbu.ledger.commit.jpa;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.hibernate.cfg.Configuration;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;
import org.jangbu.ledger.commit.LedgerDatabase;
import org.jangbu.ledger.history.jpa.HistoryRow;
import org.jangbu.ledger.state.jpa.ResourceLocalUnitOfWork;
import org.jangbu.ledger.state.jpa.StateRow;
import org.jangbu.ledger.state.jpa.UnitOfWork;
import org.jangbu.model.ChannelId;
import org.jangbu.model.LedgerId;
import org.jangbu.model.NodeName;

/** One real PostgreSQL for all tests of this JVM, with the schema that Flyway makes; each test takes a ledger of its own. */
public final class TestDatabase {
    private static final AtomicInteger LEDGERS = new AtomicInteger();
    private static final TestDatabase INSTANCE = new TestDatabase();

    private final EmbeddedPostgres postgres;
    private final EntityManagerFactory factory;

    private TestDatabase() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "50")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new FlywayMigration(dataSource()).run();
        factory = factory(new PooledConnections(dataSource()));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    public static TestDatabase get() {
        return INSTANCE;
    }

    /** An id that no other test uses. */
    public static LedgerId newLedger() {
        return newLedger(new ChannelId("channel1"));
    }

    /** An id on that channel that no other test uses. */
    public static LedgerId newLedger(ChannelId channel) {
        return new LedgerId(new NodeName("peer" + LEDGERS.incrementAndGet() + ".example.com"), channel);
    }

    public DataSource dataSource() {
        return postgres.getPostgresDatabase();
    }

    /** Another database of the same server. */
    DataSource dataSource(String name) {
        return postgres.getDatabase("postgres", name);
    }

    public UnitOfWork unitOfWork() {
        return new ResourceLocalUnitOfWork(factory);
    }

    public EntityManagerFactory factory() {
        return factory;
    }

    public LedgerDatabase open(LedgerId id) {
        return new JpaLedgers(unitOfWork()).open(id);
    }

    /** A persistence unit as the server has it, over some other data source. */
    static EntityManagerFactory factory(DataSource source) {
        Configuration configuration = new Configuration()
                .addAnnotatedClass(LedgerRow.class)
                .addAnnotatedClass(TransactionRow.class)
                .addAnnotatedClass(HistoryRow.class)
                .addAnnotatedClass(StateRow.class);
        configuration.getProperties().put("hibernate.connection.datasource", source);
        configuration.getProperties().put("hibernate.type.json_format_mapper", new NoJson());
        return configuration.buildSessionFactory();
    }

    private void stop() {
        factory.close();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hibernate looks for a JSON library otherwise; no entity has a JSON column. */
    private static final class NoJson implements FormatMapper {
        @Override
        public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
            throw new UnsupportedOperationException("no entity has a JSON column");
        }

        @Override
        public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
            throw new UnsupportedOperationException("no entity has a JSON column");
        }
    }
}
