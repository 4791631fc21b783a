package org.jangbu.ledger.privatedata;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWriteHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.Sha256;
import org.jangbu.model.Version;
import org.jspecify.annotations.Nullable;

/**
 * The set behind a transaction's hashes of one collection, after the fact: whole, or without what has been purged since. Whatever is said of it is measured by the hashes
 * of the block and by the purges of this peer's own ledger; nobody is believed.
 */
public final class PastSet {
    private final CollectionName name;
    private final ReadWriteSet.Collection hashes;
    private final Version version;

    /**
     * The set behind hashes.
     *
     * @param hashes of a valid transaction
     * @param version that the transaction gave what it wrote
     */
    public PastSet(String chaincode, ReadWriteSet.Collection hashes, Version version) {
        this.name = new CollectionName(chaincode, hashes.name());
        this.hashes = hashes;
        this.version = version;
    }

    /** The set as a peer's store has it; empty if the store lacks any part of it that has not been purged. */
    public Optional<ByteString> in(PrivateStore store) {
        List<PrivateWrite> writes = store.writes(name, version.block(), Math.toIntExact(version.tx()));
        ByteString set = PrivateWrite.set(writes);
        return set.isEmpty() || check(set, store).isEmpty() ? Optional.empty() : Optional.of(set);
    }

    /**
     * The writes of a set that somebody has told.
     *
     * @param store of the peer that was told
     * @return empty if it is not the one that endorsers signed, nor that without what this peer knows to be purged
     */
    public Optional<List<PrivateWrite>> check(ByteString content, PrivateStore store) {
        try {
            List<PrivateWrite> writes = PrivateWrite.of(name, version, content);
            boolean good = Sha256.of(content).equals(hashes.privateSetHash()) || isTrimmed(writes, store);
            return good ? Optional.of(writes) : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private boolean isTrimmed(List<PrivateWrite> writes, PrivateStore store) {
        Map<StateKey, KVWriteHash> values = new HashMap<>();
        for (KVWriteHash write : hashes.hashes().getHashedWritesList()) {
            values.put(key(write.getKeyHash()), write);
        }
        Set<StateKey> metadata = new HashSet<>();
        for (KVMetadataWriteHash write : hashes.hashes().getMetadataWritesList()) {
            metadata.add(key(write.getKeyHash()));
        }
        Set<StateKey> absent = new HashSet<>(values.keySet());
        absent.addAll(metadata);
        for (PrivateWrite write : writes) {
            if (!agrees(write, values.get(write.hashed()), metadata.contains(write.hashed()))) {
                return false;
            }
            absent.remove(write.hashed());
        }
        Map<StateKey, Version> purges = store.purges(absent);
        return absent.stream()
                .allMatch(key -> purges.containsKey(key) && purges.get(key).compareTo(version) >= 0);
    }

    private static boolean agrees(PrivateWrite write, @Nullable KVWriteHash hash, boolean metadata) {
        int kinds = metadata ? PrivateWrite.METADATA : 0;
        if (hash != null) {
            kinds |= deletes(hash) ? PrivateWrite.DELETION : PrivateWrite.VALUE;
        }
        boolean value = (write.kinds() & PrivateWrite.VALUE) == 0
                || (hash != null && Sha256.of(write.value()).equals(hash.getValueHash()));
        return write.kinds() == kinds && value;
    }

    private static boolean deletes(KVWriteHash write) {
        return write.getIsDelete() || write.getIsPurge() || write.getValueHash().isEmpty();
    }

    private StateKey key(ByteString hash) {
        return StateKey.hashed(name.chaincode(), name.collection(), hash);
    }
}
