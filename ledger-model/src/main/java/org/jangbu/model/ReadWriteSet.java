package org.jangbu.model;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionHashedReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.HashedRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** A transaction's read/write set, one entry a namespace, in the order of the message. */
public record ReadWriteSet(List<Namespace> namespaces) {

    /** What the transaction read and wrote in one namespace (a chaincode's name). */
    public record Namespace(String name, KVRWSet keys, List<Collection> collections) {
        /** Whether anything is written: a key, its metadata, or the hash of either in a private collection. */
        public boolean hasWrites() {
            return keys.getWritesCount() > 0
                    || keys.getMetadataWritesCount() > 0
                    || collections.stream().anyMatch(Collection::hasWrites);
        }
    }

    /** The hashes of what was read and written in one private collection, and the hash of the private set itself. */
    public record Collection(String name, HashedRWSet hashes, ByteString privateSetHash) {
        /** Whether a hash of a key or of its metadata is written. */
        public boolean hasWrites() {
            return hashes.getHashedWritesCount() > 0 || hashes.getMetadataWritesCount() > 0;
        }
    }

    /**
     * Parses a serialised {@code TxReadWriteSet}.
     *
     * @throws MalformedEnvelopeException BAD_RWSET
     */
    public static ReadWriteSet parse(ByteString results) throws MalformedEnvelopeException {
        try {
            List<Namespace> namespaces = new ArrayList<>();
            for (NsReadWriteSet ns : TxReadWriteSet.parseFrom(results).getNsRwsetList()) {
                List<Collection> collections = new ArrayList<>();
                for (CollectionHashedReadWriteSet c : ns.getCollectionHashedRwsetList()) {
                    collections.add(new Collection(
                            c.getCollectionName(), HashedRWSet.parseFrom(c.getHashedRwset()), c.getPvtRwsetHash()));
                }
                namespaces.add(
                        new Namespace(ns.getNamespace(), KVRWSet.parseFrom(ns.getRwset()), List.copyOf(collections)));
            }
            return new ReadWriteSet(List.copyOf(namespaces));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedEnvelopeException(
                    TxValidationCode.BAD_RWSET, "the read/write set is not well-formed: " + e.getMessage(), e);
        }
    }
}
