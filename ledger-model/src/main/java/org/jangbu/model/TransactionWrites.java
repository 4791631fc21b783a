package org.jangbu.model;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataEntry;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWriteHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.jspecify.annotations.Nullable;

/** What one transaction does to each key it touches, before it is merged with what the key held. */
record TransactionWrites(Version version, Map<KeyAddress, Write> writes) {
    /**
     * What a transaction does to one key. Where a set names a key twice, which no simulator does, the later mention wins.
     *
     * @param value the new value; null if the transaction leaves it as it is or deletes the key
     * @param metadata the new metadata, empty to drop it; null if the transaction leaves it as it is
     */
    record Write(@Nullable ByteString value, @Nullable ByteString metadata, boolean delete) {
        private static final Write NOTHING = new Write(null, null, false);

        boolean keepsValue() {
            return value == null && !delete;
        }

        boolean keepsMetadata() {
            return metadata == null && !delete;
        }

        /** What the key holds afterwards (nothing, if deleted); null if the write does not apply. */
        CommittedKeys.@Nullable Content after(CommittedKeys.@Nullable Content current) {
            if (delete) {
                return new CommittedKeys.Content(ByteString.EMPTY, ByteString.EMPTY);
            }
            ByteString newValue = value != null ? value : current == null ? null : current.value();
            if (newValue == null) {
                return null;
            }
            ByteString kept = current == null ? ByteString.EMPTY : current.metadata();
            return new CommittedKeys.Content(newValue, metadata != null ? metadata : kept);
        }
    }

    static TransactionWrites of(ReadWriteSet set, Version version) {
        TransactionWrites result = new TransactionWrites(version, new LinkedHashMap<>());
        for (ReadWriteSet.Namespace ns : set.namespaces()) {
            for (KVWrite write : ns.keys().getWritesList()) {
                result.value(new KeyAddress(ns.name(), "", write.getKeyBytes()), write.getValue(), write.getIsDelete());
            }
            for (KVMetadataWrite write : ns.keys().getMetadataWritesList()) {
                result.metadata(new KeyAddress(ns.name(), "", write.getKeyBytes()), write.getEntriesList());
            }
            ns.collections().forEach(collection -> result.hashed(ns.name(), collection));
        }
        return result;
    }

    private void hashed(String namespace, ReadWriteSet.Collection collection) {
        for (KVWriteHash write : collection.hashes().getHashedWritesList()) {
            value(
                    new KeyAddress(namespace, collection.name(), write.getKeyHash()),
                    write.getValueHash(),
                    write.getIsDelete() || write.getIsPurge());
        }
        for (KVMetadataWriteHash write : collection.hashes().getMetadataWritesList()) {
            metadata(new KeyAddress(namespace, collection.name(), write.getKeyHash()), write.getEntriesList());
        }
    }

    /** An empty value deletes, whether or not the write says so. */
    private void value(KeyAddress address, ByteString value, boolean delete) {
        Write other = writes.getOrDefault(address, Write.NOTHING);
        boolean gone = delete || value.isEmpty();
        writes.put(address, new Write(gone ? null : value, other.metadata(), gone));
    }

    private void metadata(KeyAddress address, List<KVMetadataEntry> entries) {
        Write other = writes.getOrDefault(address, Write.NOTHING);
        ByteString serialised = entries.isEmpty()
                ? ByteString.EMPTY
                : KVMetadataWrite.newBuilder().addAllEntries(entries).build().toByteString();
        writes.put(address, new Write(other.value(), serialised, other.delete()));
    }
}
