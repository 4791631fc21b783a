package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataEntry;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.jangbu.ledger.privatedata.PrivateSet;
import org.jangbu.model.TxId;
import org.jangbu.model.Utf8Order;
import org.jangbu.model.Version;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a transaction read and wrote, and serialises it by Fabric's rules: namespaces and keys in byte order, range queries in call
 * order and each once, the last write of a key alone, an empty value as a deletion. The same calls give the same bytes on every peer.
 */
final class ReadWriteSetBuilder {
    private final SortedMap<String, Namespace> namespaces = new TreeMap<>(Utf8Order.COMPARATOR);

    /** A read of a key; an absent key has no version. */
    void addRead(String namespace, String key, Optional<Version> version) {
        of(namespace).reads.put(key, read(key, version.orElse(null)));
    }

    /** A write of a key; an empty value deletes it. */
    void addWrite(String namespace, String key, ByteString value) {
        of(namespace)
                .writes
                .put(
                        key,
                        KVWrite.newBuilder()
                                .setKey(key)
                                .setIsDelete(value.isEmpty())
                                .setValue(value)
                                .build());
    }

    /** A write of a key's metadata, which replaces all that it had; no entries remove it. */
    void addMetadataWrite(String namespace, String key, Map<String, ByteString> entries) {
        of(namespace).metadataWrites.put(key, metadata(key, entries));
    }

    /** Metadata of a key, its entries sorted. */
    static KVMetadataWrite metadata(String key, Map<String, ByteString> entries) {
        KVMetadataWrite.Builder write = KVMetadataWrite.newBuilder().setKey(key);
        SortedMap<String, ByteString> sorted = new TreeMap<>(Utf8Order.COMPARATOR);
        sorted.putAll(entries);
        sorted.forEach((name, value) ->
                write.addEntries(KVMetadataEntry.newBuilder().setName(name).setValue(value)));
        return write.build();
    }

    /** What is read and written in a private collection. */
    CollectionSet collection(String namespace, String collection) {
        return of(namespace).collections.computeIfAbsent(collection, ignored -> new CollectionSet());
    }

    /** The private sets that are written, for their members. */
    List<PrivateSet> privateSets(TxId txId) {
        List<PrivateSet> sets = new ArrayList<>();
        namespaces.forEach((name, ns) -> ns.collections.forEach((collection, set) ->
                set.clear().ifPresent(content -> sets.add(new PrivateSet(txId, name, collection, content)))));
        return sets;
    }

    /** A range query that will not be read further; a second one of the same bounds and end says nothing new. */
    void addRange(String namespace, RangeQueryInfo info) {
        of(namespace).ranges.putIfAbsent(List.of(info.getStartKey(), info.getEndKey(), info.getItrExhausted()), info);
    }

    /** The serialised {@code TxReadWriteSet}. */
    ByteString build() {
        TxReadWriteSet.Builder set = TxReadWriteSet.newBuilder();
        namespaces.forEach((name, ns) -> {
            NsReadWriteSet.Builder namespace = NsReadWriteSet.newBuilder()
                    .setNamespace(name)
                    .setRwset(ns.build().toByteString());
            ns.collections.forEach(
                    (collection, hashes) -> namespace.addCollectionHashedRwset(hashes.hashed(collection)));
            set.addNsRwset(namespace);
        });
        return set.build().toByteString();
    }

    /** Distinguishes an absent key, which has no version, from one written at block 0, transaction 0. */
    static KVRead read(String key, @Nullable Version version) {
        KVRead.Builder read = KVRead.newBuilder().setKey(key);
        if (version != null) {
            read.setVersion(org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version.newBuilder()
                    .setBlockNum(version.block())
                    .setTxNum(version.tx()));
        }
        return read.build();
    }

    private Namespace of(String namespace) {
        return namespaces.computeIfAbsent(namespace, ignored -> new Namespace());
    }

    private static final class Namespace {
        private final SortedMap<String, KVRead> reads = new TreeMap<>(Utf8Order.COMPARATOR);
        private final SortedMap<String, KVWrite> writes = new TreeMap<>(Utf8Order.COMPARATOR);
        private final SortedMap<String, KVMetadataWrite> metadataWrites = new TreeMap<>(Utf8Order.COMPARATOR);
        private final Map<List<Object>, RangeQueryInfo> ranges = new LinkedHashMap<>();
        private final SortedMap<String, CollectionSet> collections = new TreeMap<>(Utf8Order.COMPARATOR);

        private KVRWSet build() {
            return KVRWSet.newBuilder()
                    .addAllReads(reads.values())
                    .addAllRangeQueriesInfo(ranges.values())
                    .addAllWrites(writes.values())
                    .addAllMetadataWrites(metadataWrites.values())
                    .build();
        }
    }
}
