package org.jangbu.chaincode.java;

import org.jangbu.chaincode.spi.ChaincodeHost.Results;
import org.jspecify.annotations.Nullable;

/** Results of a query as a guarded contract reads them. */
final class GuardedResults<T> implements Results<T> {
    private final Results<T> results;
    private final Running running;
    private boolean closed;

    GuardedResults(Results<T> results, Running running) {
        this.results = results;
        this.running = running;
    }

    @Override
    public @Nullable T next() {
        return closed ? null : running.<@Nullable T>inHost(results::next);
    }

    @Override
    public boolean hasNext() {
        return !closed && running.<Boolean>inHost(results::hasNext);
    }

    @Override
    public String bookmark() {
        return running.inHost(results::bookmark);
    }

    @Override
    public int fetched() {
        return running.<Integer>inHost(results::fetched);
    }

    @Override
    public void close() {
        if (!closed) {
            running.<@Nullable Object>inHost(() -> {
                release();
                return null;
            });
        }
    }

    void release() {
        if (!closed) {
            closed = true;
            results.close();
        }
    }
}
