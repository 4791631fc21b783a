package org.jangbu.peer.endorse;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.ledger.state.WorldState;
import org.jspecify.annotations.Nullable;

/**
 * Results of a query as a contract reads them. Entries are taken from their source as a Fabric peer sends them to a contract that runs
 * outside: a batch of 100 and the one behind it at a time. So a contract gives the same read set wherever it runs, though it may stop
 * reading early.
 */
final class QueryResults implements ChaincodeHost.Results<ChaincodeHost.KeyValue> {
    private static final int BATCH = 100;

    private final Simulation simulation;
    private final QuerySource source;
    private final boolean paged;
    private final int limit;

    private final Queue<WorldState.Entry> batch = new ArrayDeque<>();
    private int taken;
    private boolean atEnd;
    private String bookmark = "";

    QueryResults(Simulation simulation, QuerySource source, int pageSize, int limit) {
        this.simulation = simulation;
        this.source = source;
        this.paged = pageSize > 0;
        this.limit = paged ? Math.min(pageSize, limit) : limit;
        simulation.step(this::fill);
    }

    @Override
    public ChaincodeHost.@Nullable KeyValue next() {
        if (batch.isEmpty()) {
            return null;
        }
        if (batch.size() == 1 && !atEnd) {
            simulation.step(this::fill);
        }
        WorldState.Entry entry = batch.remove();
        return new ChaincodeHost.KeyValue(
                entry.key().namespace(),
                entry.key().key(),
                entry.value().value().toByteArray());
    }

    @Override
    public boolean hasNext() {
        return !batch.isEmpty();
    }

    @Override
    public String bookmark() {
        return bookmark;
    }

    @Override
    public int fetched() {
        return paged ? taken : 0;
    }

    @Override
    public void close() {
        // Nothing is held open: the state is read in short queries.
    }

    /** Takes entries until one more than a batch is here, the source ends or the limit is reached; the limit is no end of the source. */
    private boolean fill() {
        int most = paged ? Integer.MAX_VALUE : BATCH + 1;
        while (batch.size() < most && !atEnd) {
            if (taken == limit) {
                atEnd = true;
                break;
            }
            WorldState.Entry entry = source.next();
            if (entry == null) {
                atEnd = true;
            } else {
                batch.add(entry);
                taken++;
            }
        }
        if (paged) {
            bookmark = source.bookmark();
        }
        return atEnd;
    }
}
