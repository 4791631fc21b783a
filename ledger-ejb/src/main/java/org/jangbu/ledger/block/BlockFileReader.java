package org.jangbu.ledger.block;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;

/**
 * Reads records of one block file. Not a {@code FileChannel}, which an interrupted thread would close under everybody else.
 */
final class BlockFileReader implements Closeable {
    /** Enough for a length, a number and two hashes of 32 bytes. */
    private static final int HEADER_WINDOW = 128;

    private final Path path;
    private final RandomAccessFile file;

    BlockFileReader(Path path) throws IOException {
        this.path = path;
        this.file = new RandomAccessFile(path.toFile(), "r");
    }

    long length() throws IOException {
        return file.length();
    }

    /** The whole block at that offset. */
    Block block(long offset) throws IOException {
        Length length = length(offset);
        return parse(offset, body(offset, length));
    }

    /** The record at that offset, its length in front; nothing in it is looked at. */
    byte[] record(long offset) throws IOException {
        Length length = length(offset);
        return bytes(offset, length.size() + length.value());
    }

    private Length length(long offset) throws IOException {
        Length length = Length.read(bytes(offset, BlockRecord.LONGEST_LENGTH));
        if (length == null || length.value() > BlockRecord.LARGEST) {
            throw new CorruptBlockFileException(path, offset, "no record begins here");
        }
        return length;
    }

    private byte[] body(long offset, Length length) throws IOException {
        byte[] body = bytes(offset + length.size(), length.value());
        if (body.length < length.value()) {
            throw new CorruptBlockFileException(path, offset, "the record ends early");
        }
        return body;
    }

    /** The header of the block at that offset; the rest of the record is not looked at. */
    BlockHeader header(long offset) throws IOException {
        byte[] window = bytes(offset, HEADER_WINDOW);
        Length length = Length.read(window);
        if (length == null) {
            throw new CorruptBlockFileException(path, offset, "no record begins here");
        }
        byte[] body = Arrays.copyOfRange(window, length.size(), window.length);
        try {
            return BlockRecord.header(body);
        } catch (InvalidProtocolBufferException e) {
            throw new CorruptBlockFileException(path, offset, "no block header: " + e.getMessage());
        }
    }

    /** Up to {@code limit} bytes from that offset, fewer at the end of the file, and never more than the largest record. */
    byte[] bytes(long offset, long limit) throws IOException {
        long available = Math.max(0, Math.min(Math.min(limit, BlockRecord.LARGEST), file.length() - offset));
        byte[] bytes = new byte[Math.toIntExact(available)];
        file.seek(offset);
        file.readFully(bytes);
        return bytes;
    }

    private Block parse(long offset, byte[] body) throws IOException {
        try {
            return BlockRecord.parse(body);
        } catch (InvalidProtocolBufferException e) {
            throw new CorruptBlockFileException(path, offset, "not a block: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
