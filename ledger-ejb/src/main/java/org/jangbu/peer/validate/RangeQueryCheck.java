package org.jangbu.peer.validate;

import java.util.List;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReadsMerkleSummary;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.jspecify.annotations.Nullable;

/** Whether a range query would give what it gave when the transaction was simulated: the same keys at the same versions. */
final class RangeQueryCheck {
    private RangeQueryCheck() {}

    static boolean same(RangeQueryInfo query, RangeScan now) {
        return query.hasReadsMerkleHashes()
                ? sameHashes(query.getReadsMerkleHashes(), now)
                : sameReads(query.getRawReads().getKvReadsList(), now);
    }

    private static boolean sameReads(List<KVRead> reads, RangeScan now) {
        for (KVRead read : reads) {
            KVRead result = now.next();
            // What is there has a version, so a read without one matches nothing.
            if (result == null
                    || !result.getKey().equals(read.getKey())
                    || !read.hasVersion()
                    || result.getVersion().getBlockNum() != read.getVersion().getBlockNum()
                    || result.getVersion().getTxNum() != read.getVersion().getTxNum()) {
                return false;
            }
        }
        return now.next() == null;
    }

    private static boolean sameHashes(QueryReadsMerkleSummary summary, RangeScan now) {
        if (!QueryReadsTree.isSound(summary)) {
            return false;
        }
        QueryReadsTree tree = new QueryReadsTree(summary);
        for (@Nullable KVRead result = now.next(); result != null; result = now.next()) {
            if (!tree.add(result)) {
                return false;
            }
        }
        return tree.complete();
    }
}
