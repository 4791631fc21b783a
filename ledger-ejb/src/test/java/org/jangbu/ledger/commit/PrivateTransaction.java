package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.jangbu.ledger.privatedata.PrivateSet;

/** A transaction that writes to one collection of chaincode {@code cc}, with the set behind its hashes. */
final class PrivateTransaction {
    static final String CHAINCODE = "cc";

    private final String collection;
    private final Writes writes;
    private final TreeMap<String, KVWrite> clear = new TreeMap<>();
    private final TreeMap<String, KVMetadataWrite> metadata = new TreeMap<>();

    private PrivateTransaction(String nonce, String collection) {
        this.collection = collection;
        this.writes = Writes.by(nonce);
    }

    static PrivateTransaction by(String nonce, String collection) {
        return new PrivateTransaction(nonce, collection);
    }

    PrivateTransaction put(String key, String value) {
        writes.putHash(CHAINCODE, collection, key, value);
        clear.put(
                key,
                KVWrite.newBuilder()
                        .setKey(key)
                        .setValue(ByteString.copyFromUtf8(value))
                        .build());
        return this;
    }

    PrivateTransaction delete(String key) {
        return delete(key, false);
    }

    PrivateTransaction purge(String key) {
        return delete(key, true);
    }

    private PrivateTransaction delete(String key, boolean purge) {
        writes.deleteHash(CHAINCODE, collection, key, purge);
        clear.put(key, KVWrite.newBuilder().setKey(key).setIsDelete(true).build());
        return this;
    }

    PrivateTransaction metadata(String key, String value) {
        writes.hashMetadata(CHAINCODE, collection, key, value);
        metadata.put(key, KVMetadataWrite.newBuilder().setKey(key).build());
        return this;
    }

    boolean isEmpty() {
        return clear.isEmpty() && metadata.isEmpty();
    }

    /** The set in clear. */
    PrivateSet set() {
        ByteString content = KVRWSet.newBuilder()
                .addAllWrites(clear.values())
                .addAllMetadataWrites(metadata.values())
                .build()
                .toByteString();
        return new PrivateSet(writes.txId(), CHAINCODE, collection, content);
    }

    /** What the block gets. */
    Writes writes() {
        return writes.set(CHAINCODE, collection, set().content());
    }
}
