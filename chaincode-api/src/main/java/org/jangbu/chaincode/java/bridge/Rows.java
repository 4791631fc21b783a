package org.jangbu.chaincode.java.bridge;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.hyperledger.fabric.protos.peer.QueryResponseMetadata;
import org.hyperledger.fabric.shim.ledger.QueryResultsIterator;
import org.hyperledger.fabric.shim.ledger.QueryResultsIteratorWithMetadata;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jspecify.annotations.Nullable;

/** Results of a query in the shim's words: read once, whoever asks for an iterator. */
final class Rows<F, T> implements QueryResultsIterator<T>, QueryResultsIteratorWithMetadata<T> {
    private final ChaincodeHost.Results<F> results;
    private final Function<F, T> mapper;
    private @Nullable F ahead;
    private boolean closed;

    Rows(ChaincodeHost.Results<F> results, Function<F, T> mapper) {
        this.results = results;
        this.mapper = mapper;
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return peek() != null;
            }

            @Override
            public T next() {
                F found = peek();
                if (found == null) {
                    throw new NoSuchElementException();
                }
                ahead = null;
                return mapper.apply(found);
            }
        };
    }

    private @Nullable F peek() {
        if (ahead == null && !closed) {
            ahead = ask();
        }
        return ahead;
    }

    private @Nullable F ask() {
        try {
            return results.next();
        } catch (ChaincodeHostException e) {
            throw LedgerStub.refused(e);
        }
    }

    @Override
    public QueryResponseMetadata getMetadata() {
        return QueryResponseMetadata.newBuilder()
                .setFetchedRecordsCount(results.fetched())
                .setBookmark(results.bookmark())
                .build();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ahead = null;
            results.close();
        }
    }
}
