package org.jangbu.ledger.block;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.jangbu.model.BlockHash;

/** Chains of blocks whose envelopes are random bytes: all that block files look at. */
final class Chain {
    private final Random random = new Random(42);
    private final List<Block> blocks = new ArrayList<>();

    static List<Block> of(int blocks) {
        return of(blocks, 40);
    }

    static List<Block> of(int blocks, int envelopeSize) {
        Chain chain = new Chain();
        for (int i = 0; i < blocks; i++) {
            chain.add(1 + i % 3, envelopeSize);
        }
        return chain.blocks;
    }

    private void add(int envelopes, int size) {
        BlockData.Builder data = BlockData.newBuilder();
        for (int i = 0; i < envelopes; i++) {
            data.addData(bytes(size));
        }
        ByteString previous = blocks.isEmpty()
                ? ByteString.EMPTY
                : BlockHash.of(blocks.get(blocks.size() - 1).getHeader());
        blocks.add(Block.newBuilder()
                .setHeader(BlockHeader.newBuilder()
                        .setNumber(blocks.size())
                        .setPreviousHash(previous)
                        .setDataHash(BlockHash.of(data.build())))
                .setData(data)
                .setMetadata(BlockMetadata.newBuilder()
                        .addMetadata(bytes(30))
                        .addMetadata(ByteString.EMPTY)
                        .addMetadata(ByteString.copyFrom(new byte[envelopes])))
                .build());
    }

    private ByteString bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }
}
