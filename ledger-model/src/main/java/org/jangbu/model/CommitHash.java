package org.jangbu.model;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.Metadata;

/**
 * The hash by which peers can tell that they agree on every verdict and every value so far: SHA-256(varint(filter length) ‖ filter ‖ updates
 * ‖ previous commit hash). Each peer computes its own, from block 1 on; it stands in the slot COMMIT_HASH and is covered by no other hash.
 */
public final class CommitHash {
    private static final int NAMESPACE = 1;
    private static final int COLLECTION = 2;
    private static final int KEY = 3;
    private static final int IS_DELETE = 4;
    private static final int VALUE = 5;
    private static final int VERSION = 6;
    private static final int KV_WRITES = 1;

    private CommitHash() {}

    /**
     * The commit hash of a block.
     *
     * @param previous that of the block before; empty for block 1
     * @param updates in the order of their addresses
     */
    public static ByteString of(ByteString previous, TransactionsFilter filter, List<KeyUpdate> updates) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(16);
            CodedOutputStream length = CodedOutputStream.newInstance(bytes);
            length.writeUInt32NoTag(filter.size());
            length.flush();
            return Sha256.of(ByteString.copyFrom(bytes.toByteArray()), filter.bytes(), updates(updates), previous);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
    }

    /** The hash that a block carries; empty if none. */
    public static ByteString in(Block block) throws InvalidProtocolBufferException {
        return BlockMetadataSlots.metadata(block, BlockMetadataIndex.COMMIT_HASH)
                .getValue();
    }

    /** The block with that hash in its slot. */
    public static Block put(Block block, ByteString hash) {
        return BlockMetadataSlots.with(
                block,
                BlockMetadataIndex.COMMIT_HASH,
                Metadata.newBuilder().setValue(hash).build().toByteString());
    }

    /** Namespace and collection stand on the first entry of their run only; the configuration's empty namespace is left out. */
    private static ByteString updates(List<KeyUpdate> updates) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        String namespace = "";
        String collection = "";
        for (KeyUpdate update : updates) {
            KeyAddress address = update.address();
            if (address.namespace().isEmpty()) {
                continue;
            }
            boolean newNamespace = !address.namespace().equals(namespace);
            boolean newCollection = newNamespace || !address.collection().equals(collection);
            out.writeByteArray(KV_WRITES, entry(update, newNamespace, newCollection));
            namespace = address.namespace();
            collection = address.collection();
        }
        out.flush();
        return UnsafeByteOperations.unsafeWrap(bytes.toByteArray());
    }

    private static byte[] entry(KeyUpdate update, boolean newNamespace, boolean newCollection) throws IOException {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(64 + update.value().size());
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        KeyAddress address = update.address();
        if (newNamespace) {
            out.writeString(NAMESPACE, address.namespace());
        }
        if (newCollection && !address.collection().isEmpty()) {
            out.writeString(COLLECTION, address.collection());
        }
        if (!address.key().isEmpty()) {
            out.writeBytes(KEY, address.key());
        }
        if (update.delete()) {
            out.writeBool(IS_DELETE, true);
        }
        if (!update.value().isEmpty()) {
            out.writeBytes(VALUE, update.value());
        }
        out.writeByteArray(VERSION, orderPreserving(update.version()));
        out.flush();
        return bytes.toByteArray();
    }

    /** Block and transaction number, each as its count of significant bytes and those bytes, so that byte order is number order. */
    private static byte[] orderPreserving(Version version) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(6);
        orderPreserving(out, version.block());
        orderPreserving(out, version.tx());
        return out.toByteArray();
    }

    private static void orderPreserving(ByteArrayOutputStream out, long number) {
        int significant = (Long.SIZE - Long.numberOfLeadingZeros(number) + 7) / 8;
        out.write(significant);
        for (int i = significant - 1; i >= 0; i--) {
            out.write((int) (number >>> (8 * i)));
        }
    }
}
