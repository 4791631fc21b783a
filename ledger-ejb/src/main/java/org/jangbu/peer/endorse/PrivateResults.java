package org.jangbu.peer.endorse;

import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jspecify.annotations.Nullable;

/** Results of a range query over private values as a contract reads them. Not paged, as in Fabric. */
final class PrivateResults implements ChaincodeHost.Results<ChaincodeHost.KeyValue> {
    private final Simulation simulation;
    private final String namespace;
    private final PrivateRangeRead range;
    private final int limit;
    private int taken;
    private @Nullable PrivateValue next;

    PrivateResults(Simulation simulation, String namespace, PrivateRangeRead range, int limit) {
        this.simulation = simulation;
        this.namespace = namespace;
        this.range = range;
        this.limit = limit;
        advance();
    }

    private void advance() {
        next = taken == limit ? null : simulation.readNext(range);
        taken++;
    }

    @Override
    public ChaincodeHost.@Nullable KeyValue next() {
        PrivateValue value = next;
        if (value == null) {
            return null;
        }
        advance();
        return new ChaincodeHost.KeyValue(namespace, value.key(), value.value().toByteArray());
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public String bookmark() {
        return "";
    }

    @Override
    public int fetched() {
        return 0;
    }

    @Override
    public void close() {
        // Nothing is held open: the values are read in short queries.
    }
}
