package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReads;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReadsMerkleSummary;
import org.jangbu.model.Sha256;

/**
 * Fabric's tree of hashes over the results of a range query, grown result by result and compared with the summary in a transaction on the
 * way, so that a range that has grown beyond it is not read to its end.
 */
final class QueryReadsTree {
    /** Fabric's endorsers use 50; a summary of much larger degree would make this peer collect results without bound. */
    private static final int LARGEST_DEGREE = 1000;

    private final QueryReadsMerkleSummary expected;
    private final int degree;
    private final List<KVRead> pending = new ArrayList<>();
    private final List<List<ByteString>> levels = new ArrayList<>(List.of(new ArrayList<>()));

    QueryReadsTree(QueryReadsMerkleSummary expected) {
        this.expected = expected;
        this.degree = expected.getMaxDegree();
    }

    /** Whether a summary is one that an endorser can have made. */
    static boolean isSound(QueryReadsMerkleSummary summary) {
        return summary.getMaxDegree() >= 2 && summary.getMaxDegree() <= LARGEST_DEGREE;
    }

    /** Adds a result; false if the summary cannot be reached any more. */
    boolean add(KVRead result) {
        pending.add(result);
        if (pending.size() <= degree) {
            return true;
        }
        hashPending();
        for (int level = 0; levels.get(level).size() > degree; level++) {
            fold(level);
        }
        int missing = expected.getMaxLevel() - levels.size();
        List<ByteString> top = top();
        return missing > 0
                || (missing == 0
                        && top.size() <= expected.getMaxLevelHashesCount()
                        && top.equals(expected.getMaxLevelHashesList().subList(0, top.size())));
    }

    /** Whether these results, and no more, give the summary. */
    boolean complete() {
        if (levels.size() == 1 && levels.get(0).isEmpty()) {
            return false; // so few results are listed, not hashed
        }
        if (!pending.isEmpty()) {
            hashPending();
        }
        for (int level = 0; level < levels.size() - 1; level++) {
            if (!levels.get(level).isEmpty()) {
                fold(level);
            }
        }
        if (top().size() > degree) {
            fold(levels.size() - 1);
        }
        return levels.size() == expected.getMaxLevel() && top().equals(expected.getMaxLevelHashesList());
    }

    private List<ByteString> top() {
        return levels.get(levels.size() - 1);
    }

    private void hashPending() {
        QueryReads reads = QueryReads.newBuilder().addAllKvReads(pending).build();
        pending.clear();
        levels.get(0).add(Sha256.of(reads.toByteString()));
    }

    /** Replaces the hashes of a level by one on the next; a single one moves up unchanged. */
    private void fold(int level) {
        List<ByteString> hashes = levels.get(level);
        if (level + 1 == levels.size()) {
            levels.add(new ArrayList<>());
        }
        levels.get(level + 1).add(hashes.size() == 1 ? hashes.get(0) : Sha256.of(hashes));
        hashes.clear();
    }
}
