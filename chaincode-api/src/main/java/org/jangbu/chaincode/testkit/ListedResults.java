package org.jangbu.chaincode.testkit;

import java.util.Iterator;
import java.util.List;
import org.jangbu.chaincode.spi.ChaincodeHost.Results;
import org.jspecify.annotations.Nullable;

/** Results that are all there already. */
final class ListedResults<T> implements Results<T> {
    private final Iterator<T> rows;
    private final String bookmark;
    private final int fetched;

    ListedResults(List<T> rows, String bookmark, int fetched) {
        this.rows = rows.iterator();
        this.bookmark = bookmark;
        this.fetched = fetched;
    }

    @Override
    public @Nullable T next() {
        return rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public String bookmark() {
        return bookmark;
    }

    @Override
    public int fetched() {
        return fetched;
    }

    @Override
    public void close() {}
}
