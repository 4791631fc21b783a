package org.jangbu.model.query;

import org.jangbu.model.json.JsonLimits;

/** What the text of one query may hold. */
final class QueryLimits {
    static final int TEXT = 64 << 10;
    static final int TERMS = 128;
    static final int FIELDS = 256;
    static final int SORT_FIELDS = 8;
    static final int PATH_NAMES = 32;
    static final int PATTERN_CHARACTERS = 256;

    /** Instructions of a compiled regular expression; with the length of a text they bound what a match costs. */
    static final int PATTERN_PROGRAM = 1_000;

    /** Bytes of a key; the state holds none that is longer. */
    static final int KEY = 2_000;

    static final int BOOKMARK = 64 << 10;
    static final int DIGITS = 1_000;
    static final int EXPONENT = 308;

    static final JsonLimits JSON = new JsonLimits(32, 10_000, TEXT);

    private QueryLimits() {}
}
