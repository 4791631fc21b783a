package org.jangbu.ledger.state.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JtaUnitOfWorkTest {
    private final List<String> calls = new ArrayList<>();
    private final Transaction transaction = new Transaction();
    private final UnitOfWork work =
            new JtaUnitOfWork(proxy(EntityManagerFactory.class, proxy(EntityManager.class, null)), transaction);

    @Test
    void commits_before_it_closes_the_entity_manager() {
        work.write(manager -> calls.add("work"));
        assertThat(calls).containsExactly("begin", "createEntityManager", "work", "commit", "close");
    }

    @Test
    void rolls_back_what_threw() {
        assertThatThrownBy(() -> work.write(manager -> {
                    throw new PersistenceException(new SQLException("gone", "08006"));
                }))
                .isInstanceOfSatisfying(
                        StateUnavailableException.class,
                        e -> assertThat(e.isTransient()).isTrue());
        assertThat(calls).contains("rollback").doesNotContain("commit");
    }

    @Test
    void leaves_no_transaction_on_the_thread_when_the_commit_fails() {
        transaction.failure = new RollbackException("no");
        assertThatThrownBy(() -> work.write(manager -> calls.add("work")))
                .isInstanceOf(StateUnavailableException.class);
        assertThat(transaction.active).isFalse();
    }

    @Test
    void reads_once_more_when_the_connection_turns_out_to_be_broken() {
        List<String> states = new ArrayList<>(List.of("57P01"));
        String read = work.read(manager -> answer(states));
        assertThat(read).isEqualTo("answer");
        assertThat(calls).containsExactly("createEntityManager", "close", "createEntityManager", "close");
    }

    @Test
    void does_not_read_a_third_time_nor_again_what_was_refused() {
        List<String> gone = new ArrayList<>(List.of("08006", "08001", "08001"));
        assertThatThrownBy(() -> work.read(manager -> answer(gone))).isInstanceOf(StateUnavailableException.class);
        assertThat(gone).hasSize(1);
        List<String> refused = new ArrayList<>(List.of("42P01", "42P01"));
        assertThatThrownBy(() -> work.read(manager -> answer(refused))).isInstanceOf(StateUnavailableException.class);
        assertThat(refused).hasSize(1);
    }

    private static String answer(List<String> failures) {
        if (!failures.isEmpty()) {
            throw new PersistenceException(new SQLException("no", failures.remove(0)));
        }
        return "answer";
    }

    @Test
    void tells_a_refusal_from_an_outage() {
        for (String state : List.of("22021", "23505", "42P01", "54000", "XX001")) {
            assertThat(DatabaseFailure.of(new PersistenceException(new SQLException("no", state)))
                            .isTransient())
                    .as(state)
                    .isFalse();
        }
        for (String state : List.of("08006", "57P01", "53300", "40001")) {
            assertThat(DatabaseFailure.of(new PersistenceException(new SQLException("no", state)))
                            .isTransient())
                    .as(state)
                    .isTrue();
        }
        assertThat(DatabaseFailure.of(new PersistenceException("who knows")).isTransient())
                .isTrue();
    }

    private <T> T proxy(Class<T> type, @Nullable Object result) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            calls.add(method.getName());
            return result;
        }));
    }

    private final class Transaction implements UserTransaction {
        private boolean active;
        private @Nullable Exception failure;

        @Override
        public void begin() {
            calls.add("begin");
            active = true;
        }

        @Override
        public void commit() throws RollbackException, SystemException {
            calls.add("commit");
            if (failure instanceof RollbackException rollback) {
                throw rollback;
            }
            active = false;
        }

        @Override
        public void rollback() {
            calls.add("rollback");
            active = false;
        }

        @Override
        public void setRollbackOnly() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getStatus() {
            return active ? Status.STATUS_ACTIVE : Status.STATUS_NO_TRANSACTION;
        }

        @Override
        public void setTransactionTimeout(int seconds) {
            throw new UnsupportedOperationException();
        }
    }
}
