package org.jangbu.ledger.state.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Units of work outside a container: tools and tests. */
public final class ResourceLocalUnitOfWork implements UnitOfWork {
    private final EntityManagerFactory factory;

    public ResourceLocalUnitOfWork(EntityManagerFactory factory) {
        this.factory = factory;
    }

    @Override
    public <T> T read(Function<EntityManager, T> work) {
        try (EntityManager manager = factory.createEntityManager()) {
            return work.apply(manager);
        } catch (PersistenceException e) {
            throw DatabaseFailure.of(e);
        }
    }

    @Override
    public void write(Consumer<EntityManager> work) {
        try (EntityManager manager = factory.createEntityManager()) {
            manager.getTransaction().begin();
            try {
                work.accept(manager);
                manager.getTransaction().commit();
            } catch (RuntimeException e) {
                rollback(manager, e);
                throw e;
            }
        } catch (PersistenceException e) {
            throw DatabaseFailure.of(e);
        }
    }

    private static void rollback(EntityManager manager, RuntimeException cause) {
        try {
            if (manager.getTransaction().isActive()) {
                manager.getTransaction().rollback();
            }
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
