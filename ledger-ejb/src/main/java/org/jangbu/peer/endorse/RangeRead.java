package org.jangbu.peer.endorse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReads;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.jangbu.ledger.state.WorldState;
import org.jspecify.annotations.Nullable;

/**
 * One range query of a simulation: hands out entries and remembers what a committer needs to find phantoms. Reads the state in short
 * queries, since no connection is held while a contract runs.
 */
final class RangeRead implements QuerySource {
    private static final int FIRST_FETCH = 102;
    private static final int LATER_FETCH = 1_000;

    private final WorldState state;
    private final String namespace;
    private final String start;
    private final String end;

    private final Queue<WorldState.Entry> fetched = new ArrayDeque<>();
    private String resume;
    private boolean allFetched;

    private List<KVRead> pending = new ArrayList<>();
    private @Nullable MerkleSummary summary;
    private String lastKey = "";
    private long handedOut;
    private boolean exhausted;
    private long newestBlock = -1;
    private @Nullable RangeQueryInfo info;

    RangeRead(WorldState state, String namespace, String start, String end) {
        this.state = state;
        this.namespace = namespace;
        this.start = start;
        this.end = end;
        this.resume = start;
    }

    String namespace() {
        return namespace;
    }

    /** The next entry, or null at the end of the range; whichever it is counts as seen. */
    @Override
    public WorldState.@Nullable Entry next() {
        WorldState.Entry entry = peek();
        if (entry == null) {
            exhausted = true;
            return null;
        }
        fetched.remove();
        handedOut++;
        lastKey = entry.key().key();
        newestBlock = Math.max(newestBlock, entry.value().version().block());
        pending.add(ReadWriteSetBuilder.read(lastKey, entry.value().version()));
        if (pending.size() > MerkleSummary.MAX_DEGREE) {
            summarise();
        }
        return entry;
    }

    /** The key that {@link #next} would hand out, without counting it as seen; empty at the end. */
    @Override
    public String bookmark() {
        WorldState.Entry entry = peek();
        return entry == null ? "" : entry.key().key();
    }

    /** The newest block that wrote an entry handed out; -1 if there is none. */
    long newestBlock() {
        return newestBlock;
    }

    /** What the read set says about this query. From the first call on, nothing more is read. */
    RangeQueryInfo info() {
        RangeQueryInfo known = info;
        if (known == null) {
            known = summarised();
            info = known;
        }
        return known;
    }

    private RangeQueryInfo summarised() {
        RangeQueryInfo.Builder result = RangeQueryInfo.newBuilder()
                .setStartKey(start)
                .setEndKey(exhausted ? end : lastKey)
                .setItrExhausted(exhausted);
        if (summary != null) {
            if (!pending.isEmpty()) {
                summarise();
            }
            result.setReadsMerkleHashes(summary.finish());
        } else if (!pending.isEmpty()) {
            result.setRawReads(QueryReads.newBuilder().addAllKvReads(pending));
        }
        return result.build();
    }

    /** The same query asked afresh and read just as far. */
    RangeRead again() {
        RangeRead again = new RangeRead(state, namespace, start, end);
        for (long i = 0; i < handedOut && again.next() != null; i++) {
            // reading is what counts
        }
        if (exhausted) {
            again.next();
        }
        return again;
    }

    private WorldState.@Nullable Entry peek() {
        if (fetched.isEmpty() && !allFetched) {
            int limit = handedOut == 0 ? FIRST_FETCH : LATER_FETCH;
            List<WorldState.Entry> more = state.range(namespace, resume, end, limit);
            fetched.addAll(more);
            allFetched = more.size() < limit;
            if (!more.isEmpty()) {
                // The successor of a key in byte order is the key with U+0000 behind it.
                resume = more.get(more.size() - 1).key().key() + '\0';
            }
        }
        return fetched.peek();
    }

    private void summarise() {
        if (summary == null) {
            summary = new MerkleSummary();
        }
        summary.add(pending);
        pending = new ArrayList<>();
    }
}
