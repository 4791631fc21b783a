package org.jangbu.chaincode.packaging;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** Fails once more bytes are read than are allowed, so that a small archive cannot unpack to a huge one. */
final class BoundedInput extends FilterInputStream {
    /** How many times its packed size an archive may have; text packs to a tenth, a class file to a half. */
    static final int MOST_RATIO = 100;

    /** Below this many bytes the ratio does not matter: a tar is padded with zeros. */
    static final long FREE_BYTES = 16L << 20;

    private final long bound;
    private final LongSupplier packed;
    private long count;
    private long limit = Long.MAX_VALUE;

    /**
     * @param bound most bytes in all
     * @param packed how many bytes have been read of the archive behind
     */
    BoundedInput(InputStream in, long bound, LongSupplier packed) {
        super(in);
        this.bound = bound;
        this.packed = packed;
    }

    /** Allows no more than so many bytes from here on. */
    void limit(long bytes) {
        limit = count + bytes;
    }

    void unlimited() {
        limit = Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
        int found = super.read();
        count(found < 0 ? 0 : 1);
        return found;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int found = super.read(buffer, offset, length);
        count(Math.max(0, found));
        return found;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        count(skipped);
        return skipped;
    }

    private void count(long bytes) throws IOException {
        count += bytes;
        if (count > bound) {
            throw new IOException("it unpacks to more than " + bound + " bytes");
        }
        if (count > limit) {
            throw new IOException("what is said about an entry takes too many bytes");
        }
        if (count > FREE_BYTES && count / MOST_RATIO > packed.getAsLong()) {
            throw new IOException("it unpacks to more than " + MOST_RATIO + " times its size");
        }
    }
}
