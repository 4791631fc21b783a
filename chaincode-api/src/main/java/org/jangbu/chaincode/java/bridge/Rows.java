package org.jangbu.chaincode.java.bridge;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;
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
                return !closed && ask(results::hasNext);
            }

            @Override
            public T next() {
                F found = closed ? null : Rows.<@Nullable F>ask(results::next);
                if (found == null) {
                    throw new NoSuchElementException();
                }
                return mapper.apply(found);
            }
        };
    }

    private static <V extends @Nullable Object> V ask(Supplier<V> question) {
        try {
            return question.get();
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
            results.close();
        }
    }
}
