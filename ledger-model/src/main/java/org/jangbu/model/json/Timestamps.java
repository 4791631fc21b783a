package org.jangbu.model.json;

/** The range of times that JSON has a form for. */
final class Timestamps {
    private static final long FIRST = -62_135_596_800L;
    private static final long LAST = 253_402_300_799L;

    private Timestamps() {}

    static boolean isValid(long seconds, int nanos) {
        return seconds >= FIRST && seconds <= LAST && nanos >= 0 && nanos < 1_000_000_000;
    }
}
