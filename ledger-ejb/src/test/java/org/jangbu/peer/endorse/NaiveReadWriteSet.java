package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataEntry;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReads;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.QueryReadsMerkleSummary;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version;
import org.jangbu.model.Sha256;

/** A read/write set by the letter of Fabric's rules, with no thought of speed: what the real one is compared with. */
final class NaiveReadWriteSet {
    private static final Comparator<String> BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private final Map<String, Map<String, ByteString>> state;
    private final Map<String, Map<String, long[]>> versions;
    private final List<List<String>> reads = new ArrayList<>();
    private final List<List<Object>> writes = new ArrayList<>();
    private final List<List<Object>> metadata = new ArrayList<>();
    private final Map<String, List<RangeQueryInfo>> ranges = new HashMap<>();

    NaiveReadWriteSet(Map<String, Map<String, ByteString>> state, Map<String, Map<String, long[]>> versions) {
        this.state = state;
        this.versions = versions;
    }

    void read(String namespace, String key) {
        reads.add(List.of(namespace, key));
    }

    void write(String namespace, String key, ByteString value) {
        writes.add(List.of(namespace, key, value));
    }

    void metadata(String namespace, String key, String name, ByteString value) {
        metadata.add(List.of(namespace, key, name, value));
    }

    /** Keys of a range, in order. */
    List<String> keys(String namespace, String start, String end) {
        return state.getOrDefault(namespace, Map.of()).keySet().stream()
                .filter(key -> BYTES.compare(key, start) >= 0 && (end.isEmpty() || BYTES.compare(key, end) < 0))
                .sorted(BYTES)
                .toList();
    }

    /** A query of which the contract read so many rows, and then perhaps asked for one more. */
    void range(String namespace, String start, String end, int asked) {
        List<String> keys = keys(namespace, start, end);
        // A peer hands rows out by the hundred and looks one row ahead.
        int batches = Math.max(0, asked - 1) / 100;
        int seen = Math.min(keys.size(), 101 + 100 * batches);
        boolean exhausted = keys.size() < 101 + 100 * batches;
        RangeQueryInfo.Builder info = RangeQueryInfo.newBuilder()
                .setStartKey(start)
                .setItrExhausted(exhausted)
                .setEndKey(exhausted ? end : keys.get(seen - 1));
        List<KVRead> rows = keys.subList(0, seen).stream()
                .map(key -> kvRead(namespace, key))
                .toList();
        if (rows.size() > 50) {
            info.setReadsMerkleHashes(summary(rows));
        } else if (!rows.isEmpty()) {
            info.setRawReads(QueryReads.newBuilder().addAllKvReads(rows));
        }
        ranges.computeIfAbsent(namespace, n -> new ArrayList<>()).add(info.build());
    }

    ByteString bytes() {
        Set<String> names = new TreeSet<>(BYTES);
        reads.forEach(r -> names.add(r.get(0)));
        writes.forEach(w -> names.add((String) w.get(0)));
        metadata.forEach(m -> names.add((String) m.get(0)));
        names.addAll(ranges.keySet());
        TxReadWriteSet.Builder set = TxReadWriteSet.newBuilder();
        for (String name : names) {
            set.addNsRwset(NsReadWriteSet.newBuilder()
                    .setNamespace(name)
                    .setRwset(namespace(name).toByteString()));
        }
        return set.build().toByteString();
    }

    private KVRWSet namespace(String name) {
        KVRWSet.Builder set = KVRWSet.newBuilder();
        reads.stream()
                .filter(r -> r.get(0).equals(name))
                .map(r -> r.get(1))
                .distinct()
                .sorted(BYTES)
                .forEach(key -> set.addReads(kvRead(name, key)));
        List<List<Object>> kept = new ArrayList<>();
        for (RangeQueryInfo info : ranges.getOrDefault(name, List.of())) {
            List<Object> place = List.of(info.getStartKey(), info.getEndKey(), info.getItrExhausted());
            if (!kept.contains(place)) {
                kept.add(place);
                set.addRangeQueriesInfo(info);
            }
        }
        last(writes, name)
                .forEach(w -> set.addWrites(KVWrite.newBuilder()
                        .setKey((String) w.get(1))
                        .setIsDelete(((ByteString) w.get(2)).isEmpty())
                        .setValue((ByteString) w.get(2))));
        last(metadata, name)
                .forEach(m -> set.addMetadataWrites(KVMetadataWrite.newBuilder()
                        .setKey((String) m.get(1))
                        .addEntries(KVMetadataEntry.newBuilder()
                                .setName((String) m.get(2))
                                .setValue((ByteString) m.get(3)))));
        return set.build();
    }

    private static List<List<Object>> last(List<List<Object>> all, String namespace) {
        Map<String, List<Object>> newest = all.stream()
                .filter(entry -> entry.get(0).equals(namespace))
                .collect(Collectors.toMap(entry -> (String) entry.get(1), entry -> entry, (a, b) -> b));
        return newest.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BYTES))
                .map(Map.Entry::getValue)
                .toList();
    }

    private KVRead kvRead(String namespace, String key) {
        KVRead.Builder read = KVRead.newBuilder().setKey(key);
        long[] version = versions.getOrDefault(namespace, Map.of()).get(key);
        if (version != null) {
            read.setVersion(Version.newBuilder().setBlockNum(version[0]).setTxNum(version[1]));
        }
        return read.build();
    }

    private static QueryReadsMerkleSummary summary(List<KVRead> rows) {
        List<ByteString> hashes = new ArrayList<>();
        for (int i = 0; i < rows.size(); i += 51) {
            hashes.add(Sha256.of(QueryReads.newBuilder()
                    .addAllKvReads(rows.subList(i, Math.min(rows.size(), i + 51)))
                    .build()
                    .toByteString()));
        }
        int level = 1;
        while (hashes.size() > 50) {
            List<ByteString> next = new ArrayList<>();
            for (int i = 0; i < hashes.size(); i += 51) {
                List<ByteString> group = hashes.subList(i, Math.min(hashes.size(), i + 51));
                next.add(group.size() == 1 ? group.get(0) : Sha256.of(group));
            }
            hashes = next;
            level++;
        }
        return QueryReadsMerkleSummary.newBuilder()
                .setMaxDegree(50)
                .setMaxLevel(level)
                .addAllMaxLevelHashes(hashes)
                .build();
    }
}
