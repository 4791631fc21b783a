package org.jangbu.ledger.commit.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.jangbu.ledger.commit.LedgerDatabase;
import org.jangbu.ledger.commit.LedgerPosition;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.ledger.state.jpa.JpaStateStore;
import org.jangbu.ledger.state.jpa.RowChanges;
import org.jangbu.ledger.state.jpa.StateRow;
import org.jangbu.ledger.state.jpa.StateRowId;
import org.jangbu.model.LedgerId;
import org.jangbu.model.Version;
import org.junit.jupiter.api.Test;

class JpaLedgersTest {
    private static final StateKey KEY = new StateKey("cc", "a\0b");

    private final TestDatabase database = TestDatabase.get();
    private final LedgerId id = TestDatabase.newLedger();

    @Test
    void a_ledger_keeps_its_row() {
        assertThat(database.open(id).position()).isEqualTo(LedgerPosition.START);
        int number = number();
        database.open(id);
        assertThat(number()).isEqualTo(number);
    }

    @Test
    void the_schema_is_made_once() {
        new FlywayMigration(database.dataSource()).run();
        assertThat(database.open(id).position()).isEqualTo(LedgerPosition.START);
    }

    @Test
    void a_database_of_another_encoding_is_refused() throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'");
        }
        FlywayMigration migration = new FlywayMigration(database.dataSource("ascii"));
        assertThatThrownBy(migration::run)
                .isInstanceOf(StateUnavailableException.class)
                .hasMessageContaining("UTF8");
    }

    @Test
    void a_ledger_moves_only_from_the_height_it_is_at_and_without_waiting_for_the_disk() {
        LedgerDatabase ledger = database.open(id);
        LedgerPosition next = new LedgerPosition(1, ByteString.copyFromUtf8("h"), ByteString.EMPTY, 0);
        database.unitOfWork().write(manager -> {
            new CommitStatements(manager, number()).advance(0, next, false);
            assertThat(manager.createNativeQuery("SHOW synchronous_commit").getSingleResult())
                    .isEqualTo("off");
        });
        assertThat(ledger.position()).isEqualTo(next);
        assertThatThrownBy(() -> database.unitOfWork()
                        .write(manager -> new CommitStatements(manager, number()).advance(0, next, false)))
                .isInstanceOf(StateUnavailableException.class);
        assertThat((String) database.unitOfWork()
                        .<Object>read(manager -> manager.createNativeQuery("SHOW synchronous_commit")
                                .getSingleResult()))
                .as("outside that transaction")
                .isEqualTo("on");
    }

    @Test
    void an_entry_can_be_administered_as_an_entity_with_a_version() {
        put("{\"balance\": 1}");
        try (EntityManager first = database.factory().createEntityManager();
                EntityManager second = database.factory().createEntityManager()) {
            StateRow one = first.find(StateRow.class, rowId());
            StateRow other = second.find(StateRow.class, rowId());
            assertThat(one.getValue()).isEqualTo("{\"balance\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(one.getVersion()).isZero();
            change(first, one);
            assertThat(first.find(StateRow.class, rowId()).getVersion()).isEqualTo(1);
            assertThatThrownBy(() -> change(second, other))
                    .isInstanceOf(PersistenceException.class)
                    .hasMessageContaining("updated or deleted by another transaction");
        }
    }

    @Test
    void a_json_object_can_be_queried_and_anything_else_is_null() {
        put("{\"balance\": 17}");
        assertThat(json("value_json ->> 'balance'")).isEqualTo("17");
        put("{\"balance\": \"\\u0000\"}");
        assertThat(json("value_json::text")).isNull();
        put("17");
        assertThat(json("value_json::text")).isNull();
    }

    private static void change(EntityManager manager, StateRow row) {
        manager.getTransaction().begin();
        manager.lock(row, jakarta.persistence.LockModeType.OPTIMISTIC_FORCE_INCREMENT);
        manager.getTransaction().commit();
        manager.clear();
    }

    private void put(String value) {
        database.open(id);
        RowChanges changes = new RowChanges();
        changes.put(KEY, ByteString.copyFromUtf8(value), ByteString.EMPTY, new Version(1, 0));
        database.unitOfWork()
                .write(manager -> new JpaStateStore(database.unitOfWork(), number()).write(manager, changes));
    }

    private Object json(String expression) {
        return database.unitOfWork()
                .<List<?>>read(manager -> manager.createNativeQuery(
                                "SELECT " + expression + " FROM ledger.state WHERE ledger = ?1")
                        .setParameter(1, number())
                        .getResultList())
                .get(0);
    }

    private StateRowId rowId() {
        return new StateRowId(number(), KEY);
    }

    private int number() {
        return database.unitOfWork()
                .read(manager -> manager.createQuery("SELECT l.id FROM LedgerRow l WHERE l.node = :node", Integer.class)
                        .setParameter("node", id.node().value())
                        .getSingleResult());
    }
}
