package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReads;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReadsMerkleSummary;
import org.jangbu.model.Sha256;

/**
 * Fabric's summary of many query results: a hash over every 51 results, a hash over every 51 hashes, and so on; what is kept are the hashes
 * of the highest level.
 */
final class MerkleSummary {
    /** A level that holds more than so many is folded into the next. */
    static final int MAX_DEGREE = 50;

    /** {@code levels.get(0)} is Fabric's level 1. */
    private final List<List<ByteString>> levels = new ArrayList<>();

    MerkleSummary() {
        levels.add(new ArrayList<>());
    }

    /** Adds the next results, at most 51. */
    void add(List<KVRead> results) {
        levels.get(0)
                .add(Sha256.of(
                        QueryReads.newBuilder().addAllKvReads(results).build().toByteString()));
        for (int level = 0; levels.get(level).size() > MAX_DEGREE; level++) {
            fold(level);
        }
    }

    /** Folds what is left on lower levels upward and tells the highest; nothing is added afterwards. */
    QueryReadsMerkleSummary finish() {
        for (int level = 0; level < levels.size() - 1; level++) {
            if (!levels.get(level).isEmpty()) {
                fold(level);
            }
        }
        int top = levels.size() - 1;
        if (levels.get(top).size() > MAX_DEGREE) {
            fold(top++);
        }
        return QueryReadsMerkleSummary.newBuilder()
                .setMaxDegree(MAX_DEGREE)
                .setMaxLevel(top + 1)
                .addAllMaxLevelHashes(levels.get(top))
                .build();
    }

    /** Replaces a level's hashes by one on the next; a single hash goes up as it is. */
    private void fold(int level) {
        List<ByteString> hashes = levels.get(level);
        if (levels.size() == level + 1) {
            levels.add(new ArrayList<>());
        }
        levels.get(level + 1).add(hashes.size() == 1 ? hashes.get(0) : Sha256.of(hashes));
        hashes.clear();
    }
}
