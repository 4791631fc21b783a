package org.jangbu.ledger.block;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Path;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.jangbu.model.BlockHash;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the block files once, at opening. Of each record it reads the header, which must be the next of the chain; the records of the
 * last two files it reads whole and compares with their data hash, since that is where a crash leaves its traces.
 *
 * <p>The scan ends at the end of the last file or at a <em>torn tail</em>: one last record, incomplete or damaged, as an append leaves it
 * that was never forced. Everything else that is not a chain of blocks is refused.
 */
final class BlockFileScan {
    private static final int FILES_READ_WHOLE = 2;

    private final BlockFolder folder;
    private final BlockIndex index;
    private final int files;
    private ByteString hash = ByteString.EMPTY;
    private @Nullable TornTail tornTail;

    /**
     * What an append left undone.
     *
     * @param offset where in the last file it begins
     */
    record TornTail(Path file, long offset, long bytes, String reason) {}

    BlockFileScan(BlockFolder folder, BlockIndex index) throws IOException {
        this.folder = folder;
        this.index = index;
        this.files = folder.count();
    }

    /** Fills the index; call once. */
    void run() throws IOException {
        for (int file = 0; file < files; file++) {
            try (BlockFileReader reader = new BlockFileReader(folder.file(file))) {
                scan(file, reader);
            }
        }
    }

    int files() {
        return files;
    }

    /** The hash of the newest block; empty if there is none. */
    ByteString hash() {
        return hash;
    }

    /** What is to be cut off the last file, if anything. */
    @Nullable
    TornTail tornTail() {
        return tornTail;
    }

    private void scan(int file, BlockFileReader reader) throws IOException {
        boolean whole = file >= files - FILES_READ_WHOLE;
        long end = reader.length();
        long offset = 0;
        while (offset < end && tornTail == null) {
            Length length = Length.read(reader.bytes(offset, BlockRecord.LONGEST_LENGTH));
            if (length == null || length.value() > BlockRecord.LARGEST || length.value() == 0) {
                damaged(file, offset, end, noRecord(reader, offset, end), "no record begins here");
                return;
            }
            long next = offset + length.size() + length.value();
            if (next > end) {
                incomplete(file, reader, offset, length, end);
                return;
            }
            BlockHeader header = whole ? wholeRecord(file, reader, offset, length) : reader.header(offset);
            if (header == null || !follows(file, offset, next, end, header)) {
                return;
            }
            hash = BlockHash.of(header);
            index.add(new BlockIndex.Place(file, offset), hash);
            offset = next;
        }
    }

    /** The header of a record that parses and has the data it names; null if it is a torn tail. */
    private @Nullable BlockHeader wholeRecord(int file, BlockFileReader reader, long offset, Length length)
            throws IOException {
        long next = offset + length.size() + length.value();
        boolean last = next == reader.length();
        String problem = "the block is not the one its data hash names";
        try {
            Block block = reader.block(offset);
            if (BlockRecord.hasItsData(block)) {
                return block.getHeader();
            }
        } catch (CorruptBlockFileException e) {
            problem = "not a block";
            // A block that ends before its record does has a wrong length, and others may follow it.
            last &= !holdsNextBlock(reader, offset, next);
        }
        damaged(file, offset, reader.length(), last, problem);
        return null;
    }

    /** Whether the header is the chain's next; if not, the record is a torn tail or refused. */
    private boolean follows(int file, long offset, long next, long end, BlockHeader header) throws IOException {
        String problem = problem(header);
        if (problem != null) {
            damaged(file, offset, end, next == end, problem);
        }
        return problem == null;
    }

    private @Nullable String problem(BlockHeader header) {
        if (header.getNumber() != index.size()) {
            return "block " + header.getNumber() + " stands where block " + index.size() + " belongs";
        }
        if (index.size() > 0 && !header.getPreviousHash().equals(hash)) {
            return "block " + header.getNumber() + " does not name the hash of the block before it";
        }
        return null;
    }

    /** A record that goes on beyond the file: an append that did not finish, unless all of a block is there and only its length is wrong. */
    private void incomplete(int file, BlockFileReader reader, long offset, Length length, long end) throws IOException {
        boolean torn = !beginsForeign(reader.bytes(offset + length.size(), end - offset - length.size()))
                && !holdsNextBlock(reader, offset, end);
        damaged(file, offset, end, torn, "the record is longer than the file");
    }

    /** Whether the chain's next block stands there whole, behind a length of whatever size. */
    private boolean holdsNextBlock(BlockFileReader reader, long offset, long end) throws IOException {
        for (int size = 1; size <= BlockRecord.LONGEST_LENGTH; size++) {
            byte[] beginning = reader.bytes(offset + size, end - offset - size);
            if (BlockRecord.isComplete(beginning) && !beginsForeign(beginning)) {
                return true;
            }
        }
        return false;
    }

    /** Whether as much of a header as is there shows another block than the chain's next. */
    private boolean beginsForeign(byte[] beginning) {
        try {
            return problem(BlockRecord.header(beginning)) != null;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    /** Whether a place at which no record begins may be what a crash left: a length cut short, or space that was never filled. */
    private static boolean noRecord(BlockFileReader reader, long offset, long end) throws IOException {
        if (end - offset < BlockRecord.LONGEST_LENGTH) {
            return true;
        }
        if (end - offset > BlockRecord.LARGEST) {
            return false;
        }
        for (byte b : reader.bytes(offset, end - offset)) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private void damaged(int file, long offset, long end, boolean last, String reason) throws IOException {
        if (!last || file != files - 1) {
            throw new CorruptBlockFileException(folder.file(file), offset, reason);
        }
        tornTail = new TornTail(folder.file(file), offset, end - offset, reason);
    }
}
