package org.jangbu.ledger.block;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.jangbu.model.BlockHash;

/**
 * A block as it stands in a block file: its length as a varint, then number, data hash, previous hash (in this order), the count of
 * envelopes and each of them, the count of metadata slots and each of them; every byte string after its own varint length.
 */
final class BlockRecord {
    /** The largest body written or read: four times what a block file normally holds. */
    static final int LARGEST = 256 << 20;

    /** The most bytes that the length in front of a body takes. */
    static final int LONGEST_LENGTH = 5;

    private BlockRecord() {}

    /** The whole record, its length in front. */
    static byte[] frame(Block block) {
        int body = bodySize(block);
        byte[] record = new byte[CodedOutputStream.computeUInt32SizeNoTag(body) + body];
        CodedOutputStream out = CodedOutputStream.newInstance(record);
        try {
            out.writeUInt32NoTag(body);
            out.writeUInt64NoTag(block.getHeader().getNumber());
            out.writeBytesNoTag(block.getHeader().getDataHash());
            out.writeBytesNoTag(block.getHeader().getPreviousHash());
            writeList(out, block.getData().getDataList());
            writeList(out, block.getMetadata().getMetadataList());
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return record;
    }

    /** The size of the record without the length in front. */
    static int bodySize(Block block) {
        BlockHeader header = block.getHeader();
        long size = CodedOutputStream.computeUInt64SizeNoTag(header.getNumber())
                + CodedOutputStream.computeBytesSizeNoTag(header.getDataHash())
                + CodedOutputStream.computeBytesSizeNoTag(header.getPreviousHash())
                + listSize(block.getData().getDataList())
                + listSize(block.getMetadata().getMetadataList());
        if (size > LARGEST) {
            throw new IllegalArgumentException("block " + block.getHeader().getNumber() + " has " + size
                    + " bytes; a block file takes at most " + LARGEST);
        }
        return (int) size;
    }

    /**
     * Reads a body to its end. The block shares the array's memory.
     *
     * @throws InvalidProtocolBufferException if it ends early, goes on after its end, or has lengths in another form than the shortest
     */
    static Block parse(byte[] body) throws InvalidProtocolBufferException {
        CodedInputStream in = input(body);
        Block block = structure(in);
        try {
            if (!in.isAtEnd() || bodySize(block) != body.length) {
                throw new InvalidProtocolBufferException("the content does not fill the record");
            }
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
        return block;
    }

    /** Whether the bytes hold all that a block has, so that a length which promises more must be wrong. */
    static boolean isComplete(byte[] beginning) {
        try {
            structure(input(beginning));
            return true;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    /** Reads only the header, which stands at the beginning of a body. */
    static BlockHeader header(byte[] beginning) throws InvalidProtocolBufferException {
        return header(input(beginning));
    }

    /** Whether the envelopes are those that the header names. */
    static boolean hasItsData(Block block) {
        return BlockHash.of(block.getData()).equals(block.getHeader().getDataHash());
    }

    private static CodedInputStream input(byte[] bytes) {
        CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        in.enableAliasing(true);
        return in;
    }

    private static BlockHeader header(CodedInputStream in) throws InvalidProtocolBufferException {
        try {
            return BlockHeader.newBuilder()
                    .setNumber(in.readUInt64())
                    .setDataHash(in.readBytes())
                    .setPreviousHash(in.readBytes())
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
    }

    private static Block structure(CodedInputStream in) throws InvalidProtocolBufferException {
        try {
            BlockHeader header = header(in);
            BlockData.Builder data = BlockData.newBuilder();
            for (int i = count(in); i > 0; i--) {
                data.addData(in.readBytes());
            }
            BlockMetadata.Builder metadata = BlockMetadata.newBuilder();
            for (int i = count(in); i > 0; i--) {
                metadata.addMetadata(in.readBytes());
            }
            return Block.newBuilder()
                    .setHeader(header)
                    .setData(data)
                    .setMetadata(metadata)
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
    }

    private static int count(CodedInputStream in) throws IOException {
        long count = in.readUInt64();
        if (count < 0 || count > LARGEST) {
            throw new InvalidProtocolBufferException("no block has " + Long.toUnsignedString(count) + " parts");
        }
        return (int) count;
    }

    private static void writeList(CodedOutputStream out, List<ByteString> list) throws IOException {
        out.writeUInt32NoTag(list.size());
        for (ByteString element : list) {
            out.writeBytesNoTag(element);
        }
    }

    private static long listSize(List<ByteString> list) {
        long size = CodedOutputStream.computeUInt32SizeNoTag(list.size());
        for (ByteString element : list) {
            size += CodedOutputStream.computeBytesSizeNoTag(element);
        }
        return size;
    }
}
