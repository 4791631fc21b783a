package org.jangbu.ledger.block;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/**
 * Where each block stands, in twelve bytes a block: file and offset, and the first four bytes of its hash. A look-up by hash goes through
 * those bytes from the newest block down and leaves it to the caller to compare the whole hash.
 */
final class BlockIndex {
    private long[] places = new long[64];
    private int[] hashes = new int[64];
    private int size;

    /** Where a block begins. */
    record Place(int file, long offset) {}

    synchronized long size() {
        return size;
    }

    synchronized void add(Place place, ByteString hash) {
        if (size == places.length) {
            places = Arrays.copyOf(places, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        places[size] = (long) place.file() << Integer.SIZE | place.offset();
        hashes[size] = beginning(hash);
        size++;
    }

    synchronized Place get(long number) {
        if (number < 0 || number >= size) {
            throw new IndexOutOfBoundsException("no block " + number + " of " + size);
        }
        long place = places[(int) number];
        return new Place((int) (place >>> Integer.SIZE), place & 0xffff_ffffL);
    }

    synchronized void truncate(long height) {
        size = (int) Math.min(size, height);
    }

    /** Numbers of the blocks whose hash begins like this one, newest first. */
    synchronized PrimitiveIterator.OfLong candidates(ByteString hash) {
        if (hash.size() < Integer.BYTES) {
            return LongStream.empty().iterator();
        }
        int wanted = beginning(hash);
        LongStream.Builder found = LongStream.builder();
        for (int i = size - 1; i >= 0; i--) {
            if (hashes[i] == wanted) {
                found.add(i);
            }
        }
        return found.build().iterator();
    }

    private static int beginning(ByteString hash) {
        return hash.asReadOnlyByteBuffer().getInt();
    }
}
