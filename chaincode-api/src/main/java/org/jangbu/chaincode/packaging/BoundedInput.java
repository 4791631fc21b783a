package org.jangbu.chaincode.packaging;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails once more bytes are read than are allowed, so that a small archive cannot unpack to a huge one. */
final class BoundedInput extends FilterInputStream {
    private final long bound;
    private long left;

    BoundedInput(InputStream in, long bound) {
        super(in);
        this.bound = bound;
        this.left = bound;
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
        left -= bytes;
        if (left < 0) {
            throw new IOException("it unpacks to more than " + bound + " bytes");
        }
    }
}
