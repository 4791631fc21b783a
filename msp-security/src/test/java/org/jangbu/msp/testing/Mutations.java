package org.jangbu.msp.testing;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Random;

/** Small damage to bytes, of the kinds that lead parsers astray. */
public final class Mutations {
    private static final byte[] TELLING = {
        0, 1, 0x7f, (byte) 0x80, (byte) 0xff, 0x30, 0x02, 0x03, 0x04, 0x06, 0x0a, 0x12
    };

    private final Random random;

    public Mutations(long seed) {
        this.random = new Random(seed);
    }

    /** The bytes with one to three places damaged. */
    public ByteString of(ByteString original) {
        byte[] bytes = original.toByteArray();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            bytes = once(bytes);
        }
        return ByteString.copyFrom(bytes);
    }

    public int nextInt(int bound) {
        return random.nextInt(bound);
    }

    private byte[] once(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(16, bytes.length - at));
        byte[] result = bytes.clone();
        switch (random.nextInt(6)) {
            case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> result[at] = TELLING[random.nextInt(TELLING.length)];
            case 2 -> result = Arrays.copyOf(bytes, at);
            case 3 -> result = joined(bytes, 0, at, bytes, at + length, bytes.length);
            case 4 -> result = joined(bytes, 0, at + length, bytes, at, bytes.length);
            default -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, result, at, length);
            }
        }
        return result;
    }

    private static byte[] joined(byte[] one, int from, int to, byte[] other, int otherFrom, int otherTo) {
        byte[] result = Arrays.copyOf(Arrays.copyOfRange(one, from, to), to - from + otherTo - otherFrom);
        System.arraycopy(other, otherFrom, result, to - from, otherTo - otherFrom);
        return result;
    }
}
