package org.jangbu.ordering.deliver;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * How many blocks of a chain are published, durably: a file of two slots that are written in turn, each a number (8 bytes) and its CRC-32C (4).
 * A torn write spoils one slot; the other still holds the number before. Not a {@code FileChannel}, which an interrupt would close.
 */
final class PublishedMark implements AutoCloseable {
    /** Slots lie in different sectors, so that no write touches both. */
    private static final int SLOT = 4096;

    private static final int LENGTH = Long.BYTES + Integer.BYTES;

    private final RandomAccessFile file;

    PublishedMark(Path path) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    /** The number written last; empty for a new file. */
    OptionalLong read() throws IOException {
        OptionalLong even = slot(0);
        OptionalLong odd = slot(1);
        if (even.isEmpty() && odd.isEmpty() && file.length() > SLOT + LENGTH) {
            throw new IOException("neither slot of the published mark is readable");
        }
        return even.isEmpty() || (odd.isPresent() && odd.getAsLong() > even.getAsLong()) ? odd : even;
    }

    /** Durable when it returns. Numbers only grow. */
    void write(long mark) throws IOException {
        byte[] slot = new byte[LENGTH];
        ByteBuffer.wrap(slot).putLong(mark).putInt(checksum(mark));
        file.seek((mark % 2) * SLOT);
        file.write(slot);
        file.getFD().sync();
    }

    private OptionalLong slot(int which) throws IOException {
        if (file.length() < (long) which * SLOT + LENGTH) {
            return OptionalLong.empty();
        }
        byte[] slot = new byte[LENGTH];
        file.seek((long) which * SLOT);
        file.readFully(slot);
        ByteBuffer in = ByteBuffer.wrap(slot);
        long mark = in.getLong();
        return in.getInt() == checksum(mark) && mark > 0 ? OptionalLong.of(mark) : OptionalLong.empty();
    }

    private static int checksum(long mark) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(mark).flip());
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
