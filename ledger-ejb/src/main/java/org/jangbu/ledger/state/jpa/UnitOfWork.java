package org.jangbu.ledger.state.jpa;

import jakarta.persistence.EntityManager;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs work with an entity manager of its own. What the database refuses or does not answer becomes a {@link
 * org.jangbu.ledger.state.StateUnavailableException}.
 */
public interface UnitOfWork {
    /** Runs reads, each statement by itself; no connection is held between them. */
    <T> T read(Function<EntityManager, T> work);

    /** Runs work in one new transaction: committed when this returns, rolled back when it throws, unless it failed to commit. */
    void write(Consumer<EntityManager> work);
}
