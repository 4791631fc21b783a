package org.jangbu.chaincode.java;

/**
 * Makes sure that a call into the peer has stack enough. A contract that recurses may reach the end of its stack anywhere; it must not be inside the
 * peer, whose maps and locks an overflow could leave half changed. So the stack is tried before it is needed: here nothing can break.
 */
final class Headroom {
    private static final int FRAMES = 96;

    private Headroom() {}

    /** Returns at once, or overflows the stack. */
    static void require() {
        if (deeper(FRAMES, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) == 0) {
            throw new IllegalStateException("a sum of positive numbers is positive");
        }
    }

    // The arguments widen the frame; adding them up afterwards keeps them on it.
    private static long deeper(
            int frames,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            long g,
            long h,
            long i,
            long j,
            long k,
            long l) {
        return frames == 0
                ? a + b + c
                : deeper(frames - 1, b, c, d, e, f, g, h, i, j, k, l, a)
                        + a
                        + b
                        + c
                        + d
                        + e
                        + f
                        + g
                        + h
                        + i
                        + j
                        + k
                        + l;
    }
}
