package org.jangbu.ordering.sequence;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;

/**
 * Which batch, and which part of it, a block holds. Stands in the block's consenter metadata (a {@code Metadata} whose value is: version 1,
 * the batch id, the part, the number of parts), so that it is signed with the block and tells every orderer what has been ordered.
 *
 * @param part counts from 0; nearly always the only one
 */
record BatchPart(UUID batch, int part, int parts) {
    private static final byte VERSION = 1;
    private static final int LENGTH = 1 + 16 + 4 + 4;

    /** Whether the batch is complete with it. */
    boolean isLast() {
        return part == parts - 1;
    }

    /** The consenter metadata. */
    ByteString encode() {
        ByteBuffer value = ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .putLong(batch.getMostSignificantBits())
                .putLong(batch.getLeastSignificantBits())
                .putInt(part)
                .putInt(parts)
                .flip();
        return Metadata.newBuilder()
                .setValue(ByteString.copyFrom(value))
                .build()
                .toByteString();
    }

    /** What a block says about itself; empty for a genesis block and for a block that another kind of orderer made. */
    static Optional<BatchPart> of(Block block) {
        try {
            int slot = BlockMetadataIndex.SIGNATURES_VALUE;
            if (block.getMetadata().getMetadataCount() <= slot) {
                return Optional.empty();
            }
            Metadata signatures = Metadata.parseFrom(block.getMetadata().getMetadata(slot));
            ByteString consenter =
                    OrdererBlockMetadata.parseFrom(signatures.getValue()).getConsenterMetadata();
            ByteBuffer value = Metadata.parseFrom(consenter).getValue().asReadOnlyByteBuffer();
            if (value.remaining() != LENGTH || value.get() != VERSION) {
                return Optional.empty();
            }
            return Optional.of(
                    new BatchPart(new UUID(value.getLong(), value.getLong()), value.getInt(), value.getInt()));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
