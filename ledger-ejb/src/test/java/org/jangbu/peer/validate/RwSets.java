package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionHashedReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.HashedRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataEntry;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWriteHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVReadHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version;
import org.jangbu.model.Sha256;

/** Small read/write sets. */
public final class RwSets {
    private RwSets() {}

    public static KVRWSet write(String key, String value) {
        return KVRWSet.newBuilder()
                .addWrites(KVWrite.newBuilder().setKey(key).setValue(ByteString.copyFromUtf8(value)))
                .build();
    }

    public static KVRWSet delete(String key) {
        return KVRWSet.newBuilder()
                .addWrites(KVWrite.newBuilder().setKey(key).setIsDelete(true))
                .build();
    }

    public static KVRWSet metadata(String key, SignaturePolicyEnvelope policy) {
        return KVRWSet.newBuilder()
                .addMetadataWrites(KVMetadataWrite.newBuilder()
                        .setKey(key)
                        .addEntries(KVMetadataEntry.newBuilder()
                                .setName("VALIDATION_PARAMETER")
                                .setValue(policy.toByteString())))
                .build();
    }

    public static KVRead read(String key) {
        return KVRead.newBuilder().setKey(key).build();
    }

    public static KVRead read(String key, long block, long tx) {
        return KVRead.newBuilder()
                .setKey(key)
                .setVersion(Version.newBuilder().setBlockNum(block).setTxNum(tx))
                .build();
    }

    /** A set that reads some keys and writes one. */
    public static KVRWSet readAndWrite(String written, KVRead... reads) {
        KVRWSet.Builder set = write(written, "v").toBuilder();
        for (KVRead read : reads) {
            set.addReads(read);
        }
        return set.build();
    }

    /** A namespace in which the hash of a private key is written. */
    public static NsReadWriteSet privateWrite(String namespace, String collection, String key) {
        return collection(
                namespace,
                collection,
                HashedRWSet.newBuilder()
                        .addHashedWrites(
                                KVWriteHash.newBuilder().setKeyHash(hash(key)).setValueHash(hash("value")))
                        .build());
    }

    /** A namespace in which the policy of a private key is written. */
    public static NsReadWriteSet privateMetadata(
            String namespace, String collection, String key, SignaturePolicyEnvelope policy) {
        return collection(
                namespace,
                collection,
                HashedRWSet.newBuilder()
                        .addMetadataWrites(KVMetadataWriteHash.newBuilder()
                                .setKeyHash(hash(key))
                                .addEntries(KVMetadataEntry.newBuilder()
                                        .setName("VALIDATION_PARAMETER")
                                        .setValue(policy.toByteString())))
                        .build());
    }

    /** A namespace in which a private key is read that was not there. */
    public static NsReadWriteSet privateReadOfAbsent(String namespace, String collection, String key) {
        return collection(
                namespace,
                collection,
                HashedRWSet.newBuilder()
                        .addHashedReads(KVReadHash.newBuilder().setKeyHash(hash(key)))
                        .build());
    }

    public static NsReadWriteSet collection(String namespace, String collection, HashedRWSet set) {
        return NsReadWriteSet.newBuilder()
                .setNamespace(namespace)
                .addCollectionHashedRwset(CollectionHashedReadWriteSet.newBuilder()
                        .setCollectionName(collection)
                        .setHashedRwset(set.toByteString()))
                .build();
    }

    public static ByteString hash(String text) {
        return Sha256.of(ByteString.copyFromUtf8(text));
    }
}
