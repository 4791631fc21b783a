package org.jangbu.ledger.privatedata;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.Sha256;
import org.jangbu.model.Utf8Order;
import org.jangbu.model.Version;

/**
 * What one transaction did to one private key, in clear.
 *
 * @param hashed the key of its hash in the state
 * @param key in clear
 * @param kinds a sum of {@link #VALUE} or {@link #DELETION} and {@link #METADATA}
 * @param value empty unless one was written
 */
public record PrivateWrite(StateKey hashed, String key, Version version, int kinds, ByteString value) {
    public static final int VALUE = 1;
    public static final int DELETION = 2;
    public static final int METADATA = 4;

    /**
     * The writes of a set in clear, each key once. Keys that no state could hold are left out: nobody reads them, and no database would take
     * them.
     *
     * @throws InvalidProtocolBufferException if it is no set; its endorsers have signed the hash of something else
     */
    public static List<PrivateWrite> of(CollectionName collection, Version version, ByteString content)
            throws InvalidProtocolBufferException {
        KVRWSet set = KVRWSet.parseFrom(content);
        Map<String, PrivateWrite> writes = new LinkedHashMap<>();
        for (KVWrite write : set.getWritesList()) {
            boolean deletes = write.getIsDelete() || write.getValue().isEmpty();
            add(writes, collection, new Written(write.getKey(), deletes ? DELETION : VALUE, write.getValue()), version);
        }
        for (KVMetadataWrite write : set.getMetadataWritesList()) {
            add(writes, collection, new Written(write.getKey(), METADATA, ByteString.EMPTY), version);
        }
        return List.copyOf(writes.values());
    }

    private record Written(String key, int kinds, ByteString value) {}

    private static void add(
            Map<String, PrivateWrite> writes, CollectionName collection, Written written, Version version) {
        if (new StateKey(collection.namespace(), written.key()).problem().isPresent()) {
            return;
        }
        StateKey hashed = StateKey.hashed(
                collection.chaincode(), collection.collection(), Sha256.of(ByteString.copyFromUtf8(written.key())));
        PrivateWrite write = new PrivateWrite(hashed, written.key(), version, written.kinds(), written.value());
        writes.merge(written.key(), write, PrivateWrite::and);
    }

    /** This and what the same set does to the same key further on. */
    private PrivateWrite and(PrivateWrite later) {
        return later.kinds == METADATA
                ? new PrivateWrite(hashed, key, version, kinds | METADATA, value)
                : new PrivateWrite(hashed, key, version, (kinds & METADATA) | later.kinds, later.value);
    }

    /** The set of which these are the writes, in the bytes that endorsers of this release and of Fabric sign. */
    public static ByteString set(Collection<PrivateWrite> writes) {
        KVRWSet.Builder set = KVRWSet.newBuilder();
        List<PrivateWrite> ordered = writes.stream()
                .sorted((a, b) -> Utf8Order.COMPARATOR.compare(a.key, b.key))
                .toList();
        for (PrivateWrite write : ordered) {
            if ((write.kinds & (VALUE | DELETION)) != 0) {
                set.addWrites(KVWrite.newBuilder()
                        .setKey(write.key)
                        .setIsDelete((write.kinds & DELETION) != 0)
                        .setValue(write.value));
            }
        }
        for (PrivateWrite write : ordered) {
            if ((write.kinds & METADATA) != 0) {
                set.addMetadataWrites(KVMetadataWrite.newBuilder().setKey(write.key));
            }
        }
        return set.build().toByteString();
    }
}
