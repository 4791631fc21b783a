package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionHashedReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.HashedRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWriteHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVReadHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.jangbu.model.Sha256;
import org.jangbu.model.Utf8Order;
import org.jangbu.model.Version;

/**
 * What a transaction read and wrote in one private collection, twice: in clear for the members, and as hashes for the block. Both are sorted
 * by the keys in clear, as a Fabric peer has them.
 */
final class CollectionSet {
    private final SortedMap<String, KVReadHash> reads = new TreeMap<>(Utf8Order.COMPARATOR);
    private final SortedMap<String, KVWrite> writes = new TreeMap<>(Utf8Order.COMPARATOR);
    private final SortedMap<String, KVWriteHash> writeHashes = new TreeMap<>(Utf8Order.COMPARATOR);
    private final SortedMap<String, KVMetadataWrite> metadata = new TreeMap<>(Utf8Order.COMPARATOR);

    void read(String key, Optional<Version> version) {
        KVReadHash.Builder read = KVReadHash.newBuilder().setKeyHash(hash(key));
        version.ifPresent(v -> read.setVersion(org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version.newBuilder()
                .setBlockNum(v.block())
                .setTxNum(v.tx())));
        reads.put(key, read.build());
    }

    /** A write; an empty value deletes. */
    void write(String key, ByteString value) {
        KVWriteHash.Builder hashed =
                KVWriteHash.newBuilder().setKeyHash(hash(key)).setIsDelete(value.isEmpty());
        if (!value.isEmpty()) {
            hashed.setValueHash(Sha256.of(value));
        }
        put(
                KVWrite.newBuilder()
                        .setKey(key)
                        .setIsDelete(value.isEmpty())
                        .setValue(value)
                        .build(),
                hashed.build());
    }

    /** Deletes a key together with what it ever held. */
    void purge(String key) {
        put(
                KVWrite.newBuilder().setKey(key).setIsDelete(true).build(),
                KVWriteHash.newBuilder()
                        .setKeyHash(hash(key))
                        .setIsDelete(true)
                        .setIsPurge(true)
                        .build());
    }

    private void put(KVWrite clear, KVWriteHash hashed) {
        writes.put(clear.getKey(), clear);
        writeHashes.put(clear.getKey(), hashed);
    }

    void metadata(KVMetadataWrite write) {
        metadata.put(write.getKey(), write);
    }

    boolean hasWrites() {
        return !writes.isEmpty() || !metadata.isEmpty();
    }

    /** What the members get; empty if nothing is written. Of metadata, which stand by the hash, it has the keys alone, as in Fabric. */
    Optional<ByteString> clear() {
        return hasWrites()
                ? Optional.of(KVRWSet.newBuilder()
                        .addAllWrites(writes.values())
                        .addAllMetadataWrites(metadata.keySet().stream()
                                .map(key ->
                                        KVMetadataWrite.newBuilder().setKey(key).build())
                                .toList())
                        .build()
                        .toByteString())
                : Optional.empty();
    }

    /** What the block gets. */
    CollectionHashedReadWriteSet hashed(String collection) {
        HashedRWSet.Builder hashes =
                HashedRWSet.newBuilder().addAllHashedReads(reads.values()).addAllHashedWrites(writeHashes.values());
        for (Map.Entry<String, KVMetadataWrite> write : metadata.entrySet()) {
            hashes.addMetadataWrites(KVMetadataWriteHash.newBuilder()
                    .setKeyHash(hash(write.getKey()))
                    .addAllEntries(write.getValue().getEntriesList()));
        }
        CollectionHashedReadWriteSet.Builder set = CollectionHashedReadWriteSet.newBuilder()
                .setCollectionName(collection)
                .setHashedRwset(hashes.build().toByteString());
        clear().ifPresent(content -> set.setPvtRwsetHash(Sha256.of(content)));
        return set.build();
    }

    private static ByteString hash(String key) {
        return Sha256.of(ByteString.copyFromUtf8(key));
    }
}
