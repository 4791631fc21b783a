package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jangbu.ledger.privatedata.CollectionName;
import org.jangbu.ledger.privatedata.PrivateStore;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.state.AtHeight;
import org.jangbu.model.Sha256;
import org.jangbu.model.Version;
import org.jspecify.annotations.Nullable;

/**
 * One range query of a simulation over private values. It leaves no trace in the read set, since no committer but a member could repeat it;
 * therefore, as in Fabric, whoever asks must not write. Reads in short queries and remembers enough to tell whether all of it is true at one
 * height.
 */
final class PrivateRangeRead {
    private static final int FIRST_FETCH = 102;
    private static final int LATER_FETCH = 1_000;

    private final PrivateStore store;
    private final CollectionName collection;
    private final String start;
    private final String end;

    private final Queue<PrivateValue> fetched = new ArrayDeque<>();
    private String resume;
    private boolean allFetched;
    private long handedOut;
    private boolean exhausted;
    private long newestHeight;
    private ByteString digest = ByteString.EMPTY;

    PrivateRangeRead(PrivateStore store, CollectionName collection, String start, String end) {
        this.store = store;
        this.collection = collection;
        this.start = start;
        this.end = end;
        this.resume = start;
    }

    /** The next value, or null at the end of the range. */
    @Nullable
    PrivateValue next() {
        if (fetched.isEmpty() && !allFetched) {
            fetch();
        }
        PrivateValue value = fetched.poll();
        if (value == null) {
            exhausted = true;
            return null;
        }
        handedOut++;
        digest = digest(value);
        return value;
    }

    private ByteString digest(PrivateValue value) {
        ByteString key = Sha256.of(ByteString.copyFromUtf8(value.key()));
        Version version = value.version();
        return Sha256.of(digest.concat(key).concat(ByteString.copyFromUtf8(version.block() + ":" + version.tx())));
    }

    private void fetch() {
        int limit = handedOut == 0 ? FIRST_FETCH : LATER_FETCH;
        AtHeight<List<PrivateValue>> more = store.range(collection, resume, end, limit);
        newestHeight = Math.max(newestHeight, more.height());
        fetched.addAll(more.value());
        allFetched = more.value().size() < limit;
        if (!more.value().isEmpty()) {
            // The successor of a key in byte order is the key with U+0000 behind it.
            resume = more.value().get(more.value().size() - 1).key() + '\0';
        }
    }

    /** The highest block that it can have seen anything of. */
    long newestBlock() {
        return newestHeight - 1;
    }

    /** Whether the same query, asked afresh and read just as far, finds the same. */
    boolean holds() {
        PrivateRangeRead again = new PrivateRangeRead(store, collection, start, end);
        while (again.handedOut < handedOut && again.next() != null) {
            // reading is what counts
        }
        if (exhausted) {
            again.next();
        }
        return again.handedOut == handedOut && again.digest.equals(digest) && (!exhausted || again.exhausted);
    }
}
