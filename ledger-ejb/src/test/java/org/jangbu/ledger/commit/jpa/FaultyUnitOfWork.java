package org.jangbu.ledger.commit.jpa;

import jakarta.persistence.EntityManager;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.ledger.state.jpa.UnitOfWork;

/** A database that fails when it is told to. */
public final class FaultyUnitOfWork implements UnitOfWork {
    /** How it fails. */
    public enum Fault {
        NONE,
        /** Answers nothing at all. */
        AWAY,
        /** Fails to write, answers reads. */
        WRITES_FAIL,
        /** Commits, and reports that it failed. */
        COMMITS_AND_REPORTS_FAILURE,
        /** Commits, reports that it failed, and is away from then on. */
        COMMITS_AND_GOES_AWAY
    }

    private final UnitOfWork work;
    private volatile Fault fault = Fault.NONE;

    public FaultyUnitOfWork(UnitOfWork work) {
        this.work = work;
    }

    public void set(Fault newFault) {
        fault = newFault;
    }

    @Override
    public <T> T read(Function<EntityManager, T> reading) {
        if (fault == Fault.AWAY) {
            throw new StateUnavailableException("away", true);
        }
        return work.read(reading);
    }

    @Override
    public void write(Consumer<EntityManager> writing) {
        switch (fault) {
            case NONE -> work.write(writing);
            case AWAY, WRITES_FAIL -> throw new StateUnavailableException("away", true);
            case COMMITS_AND_REPORTS_FAILURE -> {
                work.write(writing);
                throw new StateUnavailableException("connection lost", true);
            }
            case COMMITS_AND_GOES_AWAY -> {
                work.write(writing);
                fault = Fault.AWAY;
                throw new StateUnavailableException("connection lost", true);
            }
        }
    }
}
