package org.jangbu.ledger.block;

import org.jspecify.annotations.Nullable;

/**
 * The varint in front of a record.
 *
 * @param value the length it states, below 2^35
 * @param size how many bytes it takes itself
 */
record Length(long value, int size) {
    /** Reads a length; null if the bytes end within it, or if it is longer than any length. */
    static @Nullable Length read(byte[] bytes) {
        long value = 0;
        for (int i = 0; i < Math.min(bytes.length, BlockRecord.LONGEST_LENGTH); i++) {
            value |= (bytes[i] & 0x7fL) << (7 * i);
            if (bytes[i] >= 0) {
                return new Length(value, i + 1);
            }
        }
        return null;
    }
}
