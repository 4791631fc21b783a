package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReads;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReadsMerkleSummary;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.Sha256;

/**
 * Fabric's rules of read conflicts as one would write them down without a thought for speed: a plain copy of the whole state, changed
 * transaction by transaction. Shares no code with what it is to check.
 */
final class NaiveLedger {
    private static final Comparator<String> BY_BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    /** Namespace to key to version. */
    private final Map<String, Map<String, Version>> state = new TreeMap<>();

    NaiveLedger() {}

    NaiveLedger(NaiveLedger other) {
        other.state.forEach((namespace, keys) -> of(namespace).putAll(keys));
    }

    Map<String, Version> of(String namespace) {
        return state.computeIfAbsent(namespace, name -> new TreeMap<>(BY_BYTES));
    }

    /** What a transaction simulated on this state would say that it has read. */
    KVRead read(String namespace, String key) {
        Version version = of(namespace).get(key);
        KVRead.Builder read = KVRead.newBuilder().setKey(key);
        return version == null ? read.build() : read.setVersion(version).build();
    }

    /** All results from start to end; the end belongs to it if {@code inclusive}; an empty end is none. */
    List<KVRead> range(String namespace, String start, String end, boolean inclusive) {
        List<KVRead> results = new ArrayList<>();
        for (String key : of(namespace).keySet()) {
            boolean from = BY_BYTES.compare(key, start) >= 0;
            int toEnd = BY_BYTES.compare(key, end);
            if (from && (end.isEmpty() || toEnd < 0 || (inclusive && toEnd == 0))) {
                results.add(read(namespace, key));
            }
        }
        return results;
    }

    /** The summary of results in Fabric's words: groups of {@code degree} + 1, and groups of such groups. */
    static QueryReadsMerkleSummary summary(List<KVRead> results, int degree) {
        List<List<ByteString>> levels = new ArrayList<>();
        levels.add(new ArrayList<>());
        for (int i = 0; i < results.size(); i += degree + 1) {
            List<KVRead> group = results.subList(i, Math.min(i + degree + 1, results.size()));
            levels.get(0)
                    .add(hash(
                            QueryReads.newBuilder().addAllKvReads(group).build().toByteString()));
            for (int level = 0; level < levels.size(); level++) {
                if (levels.get(level).size() == degree + 1) {
                    if (level + 1 == levels.size()) {
                        levels.add(new ArrayList<>());
                    }
                    levels.get(level + 1).add(hash(ByteString.copyFrom(levels.get(level))));
                    levels.get(level).clear();
                }
            }
        }
        for (int level = 0; level + 1 < levels.size(); level++) {
            List<ByteString> rest = levels.get(level);
            if (rest.size() == 1) {
                levels.get(level + 1).add(rest.get(0));
            } else if (rest.size() > 1) {
                levels.get(level + 1).add(hash(ByteString.copyFrom(rest)));
            }
        }
        List<ByteString> top = levels.get(levels.size() - 1);
        int height = levels.size();
        if (top.size() > degree) {
            top = List.of(hash(ByteString.copyFrom(top)));
            height++;
        }
        return QueryReadsMerkleSummary.newBuilder()
                .setMaxDegree(degree)
                .setMaxLevel(height)
                .addAllMaxLevelHashes(top)
                .build();
    }

    private static ByteString hash(ByteString bytes) {
        return Sha256.of(bytes);
    }

    /** The codes of a block's transactions, each of which is otherwise valid; this ledger is as they leave it afterwards. */
    List<TxValidationCode> judge(long block, List<ReadWriteSet> transactions) {
        List<TxValidationCode> codes = new ArrayList<>();
        Set<String> dirty = new HashSet<>();
        for (int tx = 0; tx < transactions.size(); tx++) {
            TxValidationCode code = judge(transactions.get(tx), dirty);
            codes.add(code);
            if (code == TxValidationCode.VALID) {
                apply(
                        transactions.get(tx),
                        Version.newBuilder().setBlockNum(block).setTxNum(tx).build(),
                        dirty);
            }
        }
        return codes;
    }

    private TxValidationCode judge(ReadWriteSet set, Set<String> dirty) {
        for (ReadWriteSet.Namespace ns : set.namespaces()) {
            for (KVRead read : ns.keys().getReadsList()) {
                if (dirty.contains(ns.name() + "/" + read.getKey()) || !read.equals(read(ns.name(), read.getKey()))) {
                    return TxValidationCode.MVCC_READ_CONFLICT;
                }
            }
            for (RangeQueryInfo query : ns.keys().getRangeQueriesInfoList()) {
                List<KVRead> now = range(ns.name(), query.getStartKey(), query.getEndKey(), !query.getItrExhausted());
                boolean same = query.hasReadsMerkleHashes()
                        ? now.size() > query.getReadsMerkleHashes().getMaxDegree()
                                && summary(now, query.getReadsMerkleHashes().getMaxDegree())
                                        .equals(query.getReadsMerkleHashes())
                        : now.equals(query.getRawReads().getKvReadsList());
                if (!same) {
                    return TxValidationCode.PHANTOM_READ_CONFLICT;
                }
            }
        }
        return TxValidationCode.VALID;
    }

    private void apply(ReadWriteSet set, Version version, Set<String> dirty) {
        for (ReadWriteSet.Namespace ns : set.namespaces()) {
            Set<String> deleted = new HashSet<>();
            Set<String> present = new HashSet<>(of(ns.name()).keySet());
            for (KVWrite write : ns.keys().getWritesList()) {
                dirty.add(ns.name() + "/" + write.getKey());
                if (write.getIsDelete() || write.getValue().isEmpty()) {
                    of(ns.name()).remove(write.getKey());
                    deleted.add(write.getKey());
                } else {
                    of(ns.name()).put(write.getKey(), version);
                    present.add(write.getKey());
                }
            }
            for (KVMetadataWrite write : ns.keys().getMetadataWritesList()) {
                if (present.contains(write.getKey()) && !deleted.contains(write.getKey())) {
                    dirty.add(ns.name() + "/" + write.getKey());
                    of(ns.name()).put(write.getKey(), version);
                }
            }
        }
    }
}
