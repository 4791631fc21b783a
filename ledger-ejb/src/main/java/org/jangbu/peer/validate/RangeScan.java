package org.jangbu.peer.validate;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.Utf8Order;
import org.jangbu.model.Version;
import org.jspecify.annotations.Nullable;

/**
 * The results that a range query of a transaction has now: the committed entries of the range, read page by page, with what earlier
 * transactions of the block wrote laid over them.
 */
final class RangeScan {
    private static final int PAGE = 1000;

    private final WorldState state;
    private final String namespace;
    private final String end;
    private final Iterator<Map.Entry<String, Optional<Version>>> written;
    private Iterator<WorldState.Entry> page;
    private boolean lastPage;
    private Map.@Nullable Entry<String, Optional<Version>> nextWritten;
    private WorldState.@Nullable Entry nextCommitted;

    private RangeScan(
            WorldState state,
            String namespace,
            String start,
            String end,
            NavigableMap<String, Optional<Version>> written) {
        this.state = state;
        this.namespace = namespace;
        this.end = end;
        this.written = written.entrySet().iterator();
        this.page = load(start);
        this.nextWritten = advance(this.written);
        this.nextCommitted = committed();
    }

    /** A query that was not run to its end has the last key it handed out as its end, which then belongs to the range. */
    static RangeScan of(RangeQueryInfo query, String namespace, WorldState state, StateOverlay overlay) {
        String start = query.getStartKey();
        String end = query.getEndKey();
        if (!query.getItrExhausted() && !end.isEmpty()) {
            end = end + '\0';
        }
        return new RangeScan(state, namespace, start, end, range(overlay.of(namespace), start, end));
    }

    private static NavigableMap<String, Optional<Version>> range(
            NavigableMap<String, Optional<Version>> all, String start, String end) {
        if (end.isEmpty()) {
            return all.tailMap(start, true);
        }
        boolean backwards = Utf8Order.COMPARATOR.compare(start, end) > 0;
        return backwards ? all.headMap("", false) : all.subMap(start, true, end, false);
    }

    /** The next result in byte order of the keys; null after the last. */
    @Nullable
    KVRead next() {
        while (true) {
            Map.Entry<String, Optional<Version>> ours = nextWritten;
            WorldState.Entry theirs = nextCommitted;
            int order = order(ours, theirs);
            if (order >= 0) {
                nextCommitted = theirs == null ? null : committed();
            }
            if (order > 0) {
                return theirs == null
                        ? null
                        : read(theirs.key().key(), theirs.value().version());
            }
            if (ours == null) {
                return null;
            }
            nextWritten = advance(written);
            if (ours.getValue().isPresent()) {
                return read(ours.getKey(), ours.getValue().get());
            }
        }
    }

    /** Negative if what this block wrote comes first, 0 if it stands over a committed entry, positive if that comes first. */
    private static int order(Map.@Nullable Entry<String, Optional<Version>> ours, WorldState.@Nullable Entry theirs) {
        if (ours == null) {
            return 1;
        }
        return theirs == null
                ? -1
                : Utf8Order.COMPARATOR.compare(ours.getKey(), theirs.key().key());
    }

    private WorldState.@Nullable Entry committed() {
        WorldState.Entry entry = advance(page);
        if (entry == null) {
            return null;
        }
        if (!page.hasNext() && !lastPage) {
            page = load(entry.key().key() + '\0');
        }
        return entry;
    }

    private Iterator<WorldState.Entry> load(String from) {
        List<WorldState.Entry> entries = state.range(namespace, from, end, PAGE);
        lastPage = entries.size() < PAGE;
        return entries.iterator();
    }

    private static <T> @Nullable T advance(Iterator<T> iterator) {
        return iterator.hasNext() ? iterator.next() : null;
    }

    private static KVRead read(String key, Version version) {
        return KVRead.newBuilder()
                .setKey(key)
                .setVersion(org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version.newBuilder()
                        .setBlockNum(version.block())
                        .setTxNum(version.tx()))
                .build();
    }
}
