package org.jangbu.model;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;

/**
 * The five slots of a block's metadata. No hash covers them: SIGNATURES and LAST_CONFIG come from the orderer, TRANSACTIONS_FILTER and
 * COMMIT_HASH are each committer's own, ORDERER stays empty.
 */
public final class BlockMetadataSlots {
    /** How many slots a block has. */
    public static final int COUNT = 5;

    private BlockMetadataSlots() {}

    /** The bytes of a slot; empty where the block does not have it. */
    public static ByteString get(Block block, BlockMetadataIndex slot) {
        BlockMetadata metadata = block.getMetadata();
        return slot.getNumber() < metadata.getMetadataCount()
                ? metadata.getMetadata(slot.getNumber())
                : ByteString.EMPTY;
    }

    /** The same block with one slot set; missing slots are added empty, so that there are five. */
    public static Block with(Block block, BlockMetadataIndex slot, ByteString content) {
        BlockMetadata.Builder metadata = block.getMetadata().toBuilder();
        while (metadata.getMetadataCount() < COUNT) {
            metadata.addMetadata(ByteString.EMPTY);
        }
        return block.toBuilder()
                .setMetadata(metadata.setMetadata(slot.getNumber(), content))
                .build();
    }

    /**
     * A slot that holds a {@code Metadata} message: SIGNATURES, LAST_CONFIG, COMMIT_HASH.
     *
     * @throws InvalidProtocolBufferException if it holds something else
     */
    public static Metadata metadata(Block block, BlockMetadataIndex slot) throws InvalidProtocolBufferException {
        return Metadata.parseFrom(get(block, slot));
    }

    /**
     * What the orderer signed about the block: the number of the newest configuration block and its consenter's own data.
     *
     * @throws InvalidProtocolBufferException if the slot SIGNATURES holds something else
     */
    public static OrdererBlockMetadata ordererMetadata(Block block) throws InvalidProtocolBufferException {
        return OrdererBlockMetadata.parseFrom(
                metadata(block, BlockMetadataIndex.SIGNATURES).getValue());
    }
}
