package org.jangbu.ledger.block;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;

/**
 * Writes at the end of the last block file, and begins a new file when a record would grow one beyond 64 MiB. Not a {@code FileChannel},
 * which an interrupt would close.
 */
final class BlockFileWriter implements Closeable {
    private static final long FULL = 64L << 20;

    private final BlockFolder folder;
    private int number;
    private RandomAccessFile file;
    private long end;
    /** Bytes beyond the end may be there and could not be cut off yet. */
    private boolean littered;
    /** A truncation stopped halfway; only opening anew tells what is there. */
    private boolean broken;

    private BlockFileWriter(BlockFolder folder, int number, RandomAccessFile file) throws IOException {
        this.folder = folder;
        this.number = number;
        this.file = file;
        this.end = file.length();
    }

    /** Opens file {@code number}, the last one, or makes the first. */
    static BlockFileWriter open(BlockFolder folder, int number) throws IOException {
        return new BlockFileWriter(folder, number, openOrCreate(folder, number));
    }

    private static RandomAccessFile openOrCreate(BlockFolder folder, int number) throws IOException {
        boolean isNew = Files.notExists(folder.file(number));
        RandomAccessFile file = new RandomAccessFile(folder.file(number).toFile(), "rw");
        if (isNew) {
            folder.force();
        }
        return file;
    }

    /** Writes a record; what a failure leaves behind is cut off before the next one. */
    BlockIndex.Place append(byte[] record) throws IOException {
        requireWhole();
        if (littered) {
            file.setLength(end);
            littered = false;
        }
        if (end > 0 && end + record.length > FULL) {
            roll();
        }
        try {
            file.seek(end);
            file.write(record);
        } catch (IOException e) {
            littered = true;
            throw e;
        }
        BlockIndex.Place place = new BlockIndex.Place(number, end);
        end += record.length;
        return place;
    }

    private void requireWhole() throws IOException {
        if (broken) {
            throw new IOException(folder.path() + " could not be truncated and has to be opened anew");
        }
    }

    private void roll() throws IOException {
        force();
        RandomAccessFile next = openOrCreate(folder, number + 1);
        file.close();
        file = next;
        number++;
        end = 0;
    }

    void force() throws IOException {
        file.getFD().sync();
    }

    /** Makes {@code place} the end: later files first, so that each moment in between is a shorter chain. */
    void truncate(BlockIndex.Place place) throws IOException {
        requireWhole();
        broken = true;
        while (number > place.file()) {
            RandomAccessFile previous = openOrCreate(folder, number - 1);
            file.close();
            Files.deleteIfExists(folder.file(number));
            folder.force();
            file = previous;
            number--;
        }
        file.setLength(place.offset());
        end = place.offset();
        force();
        broken = false;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
