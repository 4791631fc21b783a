package org.jangbu.web.view;

import java.util.List;
import java.util.Optional;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ReadWriteSet;

/**
 * What a transaction did in one private collection, as far as the channel may know: hashes only.
 *
 * @param privateSetHash hash of the private read/write set itself
 */
public record CollectionView(
        String collection,
        List<HashedRead> hashedReads,
        List<HashedWrite> hashedWrites,
        List<String> hashedMetadataWrites,
        Optional<String> privateSetHash) {

    static CollectionView of(ReadWriteSet.Collection collection) {
        return new CollectionView(
                collection.name(),
                collection.hashes().getHashedReadsList().stream()
                        .map(r -> new HashedRead(
                                BlockHash.hex(r.getKeyHash()),
                                r.hasVersion()
                                        ? Optional.of(ReadWriteSetView.Height.of(r.getVersion()))
                                        : Optional.empty()))
                        .toList(),
                collection.hashes().getHashedWritesList().stream()
                        .map(w -> new HashedWrite(
                                BlockHash.hex(w.getKeyHash()),
                                w.getIsDelete(),
                                w.getIsPurge(),
                                ReadWriteSetView.hex(w.getValueHash())))
                        .toList(),
                collection.hashes().getMetadataWritesList().stream()
                        .map(m -> BlockHash.hex(m.getKeyHash()))
                        .toList(),
                ReadWriteSetView.hex(collection.privateSetHash()));
    }

    /** A private key that was read, by its hash. */
    public record HashedRead(String keyHash, Optional<ReadWriteSetView.Height> version) {}

    /** A private key that was written, deleted or purged, by its hash and its value's hash. */
    public record HashedWrite(String keyHash, boolean isDelete, boolean isPurge, Optional<String> valueHash) {}
}
