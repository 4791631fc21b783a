package org.jangbu.ledger.state.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jangbu.ledger.state.StateUnavailableException;

/** Units of work in a server: from beans whose transactions are their own, and that are called without one. */
public final class JtaUnitOfWork implements UnitOfWork {
    private final EntityManagerFactory factory;
    private final UserTransaction transaction;

    public JtaUnitOfWork(EntityManagerFactory factory, UserTransaction transaction) {
        this.factory = factory;
        this.transaction = transaction;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The pool does not ask the database before it hands out a connection, which would cost as much as most reads do. So one that has broken since it was
     * used last is noticed here; the pool then throws away all that are as old, and the second attempt has a new one.
     */
    @Override
    public <T> T read(Function<EntityManager, T> work) {
        try {
            return attempt(work);
        } catch (StateUnavailableException e) {
            if (DatabaseFailure.isBrokenConnection(e)) {
                return attempt(work);
            }
            throw e;
        }
    }

    private <T> T attempt(Function<EntityManager, T> work) {
        try (EntityManager manager = factory.createEntityManager()) {
            return work.apply(manager);
        } catch (PersistenceException e) {
            throw DatabaseFailure.of(e);
        }
    }

    @Override
    public void write(Consumer<EntityManager> work) {
        try {
            transaction.begin();
            commitAfter(work);
        } catch (PersistenceException
                | RollbackException
                | HeuristicMixedException
                | HeuristicRollbackException
                | NotSupportedException
                | SystemException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private void commitAfter(Consumer<EntityManager> work)
            throws RollbackException, HeuristicMixedException, HeuristicRollbackException, SystemException {
        boolean committed = false;
        try (EntityManager manager = factory.createEntityManager()) {
            work.accept(manager);
            transaction.commit();
            committed = true;
        } finally {
            if (!committed) {
                rollback();
            }
        }
    }

    /** Ends what a failure left open on this thread; the failure itself is already on its way to the caller. */
    private void rollback() {
        try {
            if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        } catch (SystemException | IllegalStateException e) {
            JpaMessages.LOG.rollbackFailed(e);
        }
    }
}
