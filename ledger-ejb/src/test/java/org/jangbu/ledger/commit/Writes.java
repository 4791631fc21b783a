package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionHashedReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.HashedRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataEntry;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWriteHash;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.jangbu.model.Sha256;
import org.jangbu.model.TxId;

/** Builds an endorser transaction of which only ids, time and writes matter. */
final class Writes {
    private final Map<String, KVRWSet.Builder> keys = new TreeMap<>();
    private final Map<String, Map<String, HashedRWSet.Builder>> hashes = new TreeMap<>();
    private final Map<String, ByteString> sets = new TreeMap<>();
    private TxId txId;
    private Timestamp timestamp = Timestamp.newBuilder()
            .setSeconds(1_700_000_000)
            .setNanos(123_456_789)
            .build();

    private Writes(TxId txId) {
        this.txId = txId;
    }

    /** A transaction whose id follows from a word. */
    static Writes by(String nonce) {
        return new Writes(TxId.of(ByteString.copyFromUtf8(nonce), ByteString.copyFromUtf8("creator")));
    }

    Writes as(TxId id) {
        txId = id;
        return this;
    }

    TxId txId() {
        return txId;
    }

    Writes at(long seconds, int nanos) {
        timestamp = Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
        return this;
    }

    Writes put(String ns, String key, String value) {
        return put(ns, key, ByteString.copyFromUtf8(value));
    }

    Writes put(String ns, String key, ByteString value) {
        keys(ns).addWrites(KVWrite.newBuilder().setKey(key).setValue(value));
        return this;
    }

    Writes delete(String ns, String key) {
        keys(ns).addWrites(KVWrite.newBuilder().setKey(key).setIsDelete(true));
        return this;
    }

    /** Sets one metadata entry; a null value drops all metadata. */
    Writes metadata(String ns, String key, String... values) {
        KVMetadataWrite.Builder write = KVMetadataWrite.newBuilder().setKey(key);
        for (String value : values) {
            write.addEntries(entry(value));
        }
        keys(ns).addMetadataWrites(write);
        return this;
    }

    Writes putHash(String ns, String collection, String key, String value) {
        hashes(ns, collection)
                .addHashedWrites(KVWriteHash.newBuilder().setKeyHash(hash(key)).setValueHash(hash(value)));
        return this;
    }

    /** Writes a private value whose set has this content. */
    Writes privately(String ns, String collection, ByteString set, String key, String value) {
        sets.put(ns + "/" + collection, Sha256.of(set));
        return putHash(ns, collection, key, value);
    }

    /** Says which set is behind the hashes of a collection. */
    Writes set(String ns, String collection, ByteString set) {
        hashes(ns, collection);
        sets.put(ns + "/" + collection, Sha256.of(set));
        return this;
    }

    Writes deleteHash(String ns, String collection, String key, boolean purge) {
        hashes(ns, collection)
                .addHashedWrites(KVWriteHash.newBuilder()
                        .setKeyHash(hash(key))
                        .setIsDelete(!purge)
                        .setIsPurge(purge));
        return this;
    }

    Writes hashMetadata(String ns, String collection, String key, String value) {
        hashes(ns, collection)
                .addMetadataWrites(
                        KVMetadataWriteHash.newBuilder().setKeyHash(hash(key)).addEntries(entry(value)));
        return this;
    }

    static ByteString hash(String text) {
        return Sha256.of(ByteString.copyFromUtf8(text));
    }

    /** What the state has as the metadata of a key with that one entry. */
    static ByteString storedMetadata(String value) {
        return KVMetadataWrite.newBuilder().addEntries(entry(value)).build().toByteString();
    }

    ByteString envelope() {
        return envelope(HeaderType.ENDORSER_TRANSACTION, transaction());
    }

    /** An envelope of another type, with any data. */
    ByteString envelope(HeaderType type, ByteString data) {
        ByteString channelHeader = ChannelHeader.newBuilder()
                .setType(type.getNumber())
                .setTxId(txId.value())
                .setChannelId("channel1")
                .setTimestamp(timestamp)
                .build()
                .toByteString();
        ByteString signatureHeader = SignatureHeader.newBuilder()
                .setCreator(ByteString.copyFromUtf8("creator"))
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder()
                        .setHeader(Header.newBuilder()
                                .setChannelHeader(channelHeader)
                                .setSignatureHeader(signatureHeader))
                        .setData(data)
                        .build()
                        .toByteString())
                .setSignature(ByteString.copyFromUtf8("signature"))
                .build()
                .toByteString();
    }

    private ByteString transaction() {
        ByteString response = ProposalResponsePayload.newBuilder()
                .setExtension(ChaincodeAction.newBuilder()
                        .setResults(results().toByteString())
                        .build()
                        .toByteString())
                .build()
                .toByteString();
        return Transaction.newBuilder()
                .addActions(TransactionAction.newBuilder()
                        .setPayload(ChaincodeActionPayload.newBuilder()
                                .setAction(ChaincodeEndorsedAction.newBuilder().setProposalResponsePayload(response))
                                .build()
                                .toByteString()))
                .build()
                .toByteString();
    }

    private TxReadWriteSet results() {
        TxReadWriteSet.Builder set = TxReadWriteSet.newBuilder();
        List<String> namespaces = new ArrayList<>(keys.keySet());
        hashes.keySet().stream().filter(ns -> !namespaces.contains(ns)).forEach(namespaces::add);
        for (String ns : namespaces) {
            NsReadWriteSet.Builder builder = set.addNsRwsetBuilder()
                    .setNamespace(ns)
                    .setRwset(keys(ns).build().toByteString());
            hashes.getOrDefault(ns, Map.of())
                    .forEach((collection, hashed) ->
                            builder.addCollectionHashedRwset(CollectionHashedReadWriteSet.newBuilder()
                                    .setCollectionName(collection)
                                    .setHashedRwset(hashed.build().toByteString())
                                    .setPvtRwsetHash(sets.getOrDefault(ns + "/" + collection, ByteString.EMPTY))));
        }
        return set.build();
    }

    private KVRWSet.Builder keys(String ns) {
        return keys.computeIfAbsent(ns, name -> KVRWSet.newBuilder());
    }

    private HashedRWSet.Builder hashes(String ns, String collection) {
        return hashes.computeIfAbsent(ns, name -> new TreeMap<>())
                .computeIfAbsent(collection, name -> HashedRWSet.newBuilder());
    }

    private static KVMetadataEntry.Builder entry(String value) {
        return KVMetadataEntry.newBuilder().setName("VALIDATION_PARAMETER").setValue(ByteString.copyFromUtf8(value));
    }
}
