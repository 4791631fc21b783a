package org.jangbu.web.view;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.RangeQueryInfo;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ReadWriteSet;

/** A read/write set taken apart. Keys are text by Fabric's format and may hold any character, U+0000 in composite keys included. */
public record ReadWriteSetView(List<Namespace> namespaces) {
    /** Takes a parsed read/write set apart, in its own order. */
    public static ReadWriteSetView of(ReadWriteSet set) {
        return new ReadWriteSetView(set.namespaces().stream().map(Namespace::of).toList());
    }

    /** What was read and written in one namespace, which is a chaincode's name. */
    public record Namespace(
            String namespace,
            List<Read> reads,
            List<RangeQuery> rangeQueries,
            List<Write> writes,
            List<MetadataWrite> metadataWrites,
            List<CollectionView> collections) {
        private static Namespace of(ReadWriteSet.Namespace namespace) {
            return new Namespace(
                    namespace.name(),
                    namespace.keys().getReadsList().stream().map(Read::of).toList(),
                    namespace.keys().getRangeQueriesInfoList().stream()
                            .map(RangeQuery::of)
                            .toList(),
                    namespace.keys().getWritesList().stream().map(Write::of).toList(),
                    namespace.keys().getMetadataWritesList().stream()
                            .map(MetadataWrite::of)
                            .toList(),
                    namespace.collections().stream().map(CollectionView::of).toList());
        }
    }

    /** A key that was read and the height that had written it; no version where the key did not exist. */
    public record Read(String key, Optional<Height> version) {
        static Read of(KVRead read) {
            return new Read(
                    read.getKey(), read.hasVersion() ? Optional.of(Height.of(read.getVersion())) : Optional.empty());
        }
    }

    /** Block and position of the transaction that wrote a key. */
    public record Height(BigInteger block, BigInteger transaction) {
        static Height of(org.hyperledger.fabric.protos.ledger.rwset.kvrwset.Version version) {
            return new Height(unsigned(version.getBlockNum()), unsigned(version.getTxNum()));
        }

        @Override
        public String toString() {
            return block + ":" + transaction;
        }
    }

    /** A key that was written or deleted. */
    public record Write(String key, boolean isDelete, Content value) {
        static Write of(KVWrite write) {
            return new Write(write.getKey(), write.getIsDelete(), new Content(write.getValue()));
        }
    }

    /** Metadata written for a key, for example its own endorsement policy. */
    public record MetadataWrite(String key, List<Entry> entries) {
        static MetadataWrite of(KVMetadataWrite write) {
            return new MetadataWrite(
                    write.getKey(),
                    write.getEntriesList().stream()
                            .map(e -> new Entry(e.getName(), new Content(e.getValue())))
                            .toList());
        }

        /** One named piece of metadata. */
        public record Entry(String name, Content value) {}
    }

    /**
     * A range that was read.
     *
     * @param exhausted whether the contract read it to its end
     * @param reads what it saw, up to fifty keys; more are summarised in {@code hashes}
     * @param hashes hex hashes of the Merkle summary
     */
    public record RangeQuery(String startKey, String endKey, boolean exhausted, List<Read> reads, List<String> hashes) {
        static RangeQuery of(RangeQueryInfo query) {
            return new RangeQuery(
                    query.getStartKey(),
                    query.getEndKey(),
                    query.getItrExhausted(),
                    query.getRawReads().getKvReadsList().stream().map(Read::of).toList(),
                    query.getReadsMerkleHashes().getMaxLevelHashesList().stream()
                            .map(BlockHash::hex)
                            .toList());
        }
    }

    static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    static Optional<String> hex(ByteString hash) {
        return hash.isEmpty() ? Optional.empty() : Optional.of(BlockHash.hex(hash));
    }
}
