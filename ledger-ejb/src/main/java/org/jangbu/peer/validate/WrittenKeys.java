package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWriteHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ReadWriteSet.Collection;
import org.jangbu.model.ReadWriteSet.Namespace;
import org.jspecify.annotations.Nullable;

/** The keys that a transaction writes in one namespace, in the order in which Fabric's VSCC looks at them. */
final class WrittenKeys {
    private WrittenKeys() {}

    /** What is written to a key. */
    enum Kind {
        VALUE,
        DELETE,
        METADATA
    }

    /**
     * One write.
     *
     * @param collection null for a public key
     */
    record Write(StateKey key, @Nullable String collection, Kind kind) {}

    static void forEach(Namespace namespace, Consumer<Write> consumer) {
        String name = namespace.name();
        for (KVWrite write : namespace.keys().getWritesList()) {
            boolean delete = write.getIsDelete() || write.getValue().isEmpty();
            consumer.accept(new Write(new StateKey(name, write.getKey()), null, delete ? Kind.DELETE : Kind.VALUE));
        }
        for (KVMetadataWrite write : namespace.keys().getMetadataWritesList()) {
            consumer.accept(new Write(new StateKey(name, write.getKey()), null, Kind.METADATA));
        }
        for (Collection collection : namespace.collections()) {
            for (KVWriteHash write : collection.hashes().getHashedWritesList()) {
                boolean delete = write.getIsDelete()
                        || write.getIsPurge()
                        || write.getValueHash().isEmpty();
                consumer.accept(hashed(name, collection, write.getKeyHash(), delete ? Kind.DELETE : Kind.VALUE));
            }
        }
        for (Collection collection : namespace.collections()) {
            for (KVMetadataWriteHash write : collection.hashes().getMetadataWritesList()) {
                consumer.accept(hashed(name, collection, write.getKeyHash(), Kind.METADATA));
            }
        }
    }

    private static Write hashed(String namespace, Collection collection, ByteString hash, Kind kind) {
        return new Write(StateKey.hashed(namespace, collection.name(), hash), collection.name(), kind);
    }
}
