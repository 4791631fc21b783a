package org.jangbu.ledger.block;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.zip.CRC32C;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ChannelId;

/**
 * One channel's chain of blocks in append-only files of Fabric's format. One thread appends, forces and truncates; any number read, also
 * while it does. Used by peers (blocks with filter and commit hash) and by orderers (blocks as signed).
 *
 * <p>What is handed out has been compared with its data hash. A block that was appended and not yet forced can be read already; callers that
 * promise durability keep their own mark.
 */
public final class BlockFiles implements AutoCloseable {
    private final LedgerLock lock;
    private final BlockFolder folder;
    private final BlockIndex index;
    private final BlockFileWriter writer;
    private volatile ByteString currentHash;

    private BlockFiles(LedgerLock lock, BlockFolder folder, BlockIndex index, BlockFileWriter writer, ByteString hash) {
        this.lock = lock;
        this.folder = folder;
        this.index = index;
        this.writer = writer;
        this.currentHash = hash;
    }

    /**
     * Opens a channel's files below {@code ledgers}, makes the folder if it is not there, and locks it. A torn tail is cut off, with a log
     * line, unless the block it belonged to is known to have been complete.
     *
     * @param durable a height that these files are known to have had, durably; 0 if nothing is known
     * @throws CorruptBlockFileException if the files are not a chain of blocks, or lack a part of a block below {@code durable}
     * @throws IOException if somebody else has them open, or the disk fails
     */
    public static BlockFiles open(Path ledgers, ChannelId channel, long durable) throws IOException {
        BlockFolder folder = BlockFolder.of(ledgers, channel);
        LedgerLock lock = LedgerLock.take(folder.path());
        try {
            BlockIndex index = new BlockIndex();
            BlockFileScan scan = new BlockFileScan(folder, index);
            scan.run();
            BlockFileWriter writer = BlockFileWriter.open(folder, Math.max(0, scan.files() - 1));
            cutTornTail(scan, channel, index.size(), durable, writer);
            return new BlockFiles(lock, folder, index, writer, scan.hash());
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void cutTornTail(
            BlockFileScan scan, ChannelId channel, long height, long durable, BlockFileWriter writer)
            throws IOException {
        BlockFileScan.TornTail torn = scan.tornTail();
        if (torn == null) {
            return;
        }
        if (height < durable) {
            writer.close();
            throw new CorruptBlockFileException(
                    torn.file(), torn.offset(), "block " + height + " was complete once: " + torn.reason());
        }
        BlockMessages.LOG.tornTailCut(channel, height, torn.bytes(), torn.file(), torn.offset(), torn.reason());
        writer.truncate(new BlockIndex.Place(scan.files() - 1, torn.offset()));
    }

    /** How many blocks there are, the next block's number. */
    public long height() {
        return index.size();
    }

    /** The header hash of the newest block; empty if there is none. */
    public ByteString currentHash() {
        return currentHash;
    }

    /**
     * Appends the next block. Durable only after {@link #force}; if this fails, the files are as before.
     *
     * @return the CRC-32C of its record, for callers who keep a check of the metadata, which no hash covers
     * @throws IllegalArgumentException if the block is not the next of the chain, not the one its data hash names, or too large
     */
    public int append(Block block) throws IOException {
        BlockHeader header = block.getHeader();
        long height = index.size();
        if (header.getNumber() != height) {
            throw new IllegalArgumentException("block " + header.getNumber() + " cannot follow at height " + height);
        }
        if (height > 0 && !header.getPreviousHash().equals(currentHash)) {
            throw new IllegalArgumentException("block " + height + " does not name the hash of the block before it");
        }
        if (!BlockRecord.hasItsData(block)) {
            throw new IllegalArgumentException("block " + height + " is not the one its data hash names");
        }
        byte[] record = BlockRecord.frame(block);
        BlockIndex.Place place = writer.append(record);
        ByteString hash = BlockHash.of(header);
        index.add(place, hash);
        currentHash = hash;
        return checksum(record);
    }

    /** The CRC-32C of a block's record, as {@link #append} returned it. */
    public int checksum(long number) throws IOException {
        BlockIndex.Place place = index.get(number);
        try (BlockFileReader reader = new BlockFileReader(folder.file(place.file()))) {
            return checksum(reader.record(place.offset()));
        }
    }

    private static int checksum(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record);
        return (int) crc.getValue();
    }

    /**
     * Makes all appended blocks durable.
     *
     * @throws IOException if the disk failed; what was appended since the last success must then be truncated and appended anew, since the
     *     system may have forgotten it and would not say so again
     */
    public void force() throws IOException {
        writer.force();
    }

    /** Drops the blocks from number {@code height} on, durably; nothing if there are none. */
    public void truncate(long height) throws IOException {
        if (height >= index.size()) {
            return;
        }
        BlockIndex.Place end = index.get(height);
        ByteString hash =
                height == 0 ? ByteString.EMPTY : BlockHash.of(header(height - 1).orElseThrow());
        index.truncate(height);
        currentHash = hash;
        writer.truncate(end);
    }

    /** A block by its number. */
    public Optional<Block> block(long number) throws IOException {
        if (number < 0 || number >= index.size()) {
            return Optional.empty();
        }
        BlockIndex.Place place = index.get(number);
        Path file = folder.file(place.file());
        Block block;
        try (BlockFileReader reader = new BlockFileReader(file)) {
            block = reader.block(place.offset());
        } catch (IOException e) {
            if (number >= index.size()) {
                return Optional.empty(); // truncated meanwhile
            }
            throw e;
        }
        if (block.getHeader().getNumber() != number || !BlockRecord.hasItsData(block)) {
            throw new CorruptBlockFileException(file, place.offset(), "this is not block " + number + " any more");
        }
        return Optional.of(block);
    }

    /** The header of a block, without reading the rest. */
    public Optional<BlockHeader> header(long number) throws IOException {
        if (number < 0 || number >= index.size()) {
            return Optional.empty();
        }
        BlockIndex.Place place = index.get(number);
        try (BlockFileReader reader = new BlockFileReader(folder.file(place.file()))) {
            return Optional.of(reader.header(place.offset()));
        }
    }

    /** The block of that header hash. */
    public Optional<Block> blockByHash(ByteString hash) throws IOException {
        PrimitiveIterator.OfLong candidates = index.candidates(hash);
        while (candidates.hasNext()) {
            long number = candidates.nextLong();
            if (header(number).map(BlockHash::of).filter(hash::equals).isPresent()) {
                return block(number);
            }
        }
        return Optional.empty();
    }

    /**
     * Blocks from number {@code from} on, in order: at most {@code limit}, and no further one once {@code bytes} are reached; at least one
     * if there is one.
     */
    public List<Block> blocks(long from, int limit, long bytes) throws IOException {
        List<Block> blocks = new ArrayList<>();
        long read = 0;
        for (long number = from; blocks.size() < limit && (blocks.isEmpty() || read < bytes); number++) {
            Optional<Block> block = block(number);
            if (block.isEmpty()) {
                break;
            }
            blocks.add(block.get());
            read += BlockRecord.bodySize(block.get());
        }
        return blocks;
    }

    /** Closes files and gives up the lock; what was not forced may be lost. */
    @Override
    public void close() throws IOException {
        try (lock) {
            writer.close();
        }
    }
}
