package org.jangbu.model;

import java.util.regex.Pattern;

/** The id of a membership service provider, for example {@code Org1MSP}: letters, digits, dot and hyphen, at most 249 characters. */
public record MspId(String value) implements Comparable<MspId> {
    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9.-]{1,249}");

    public MspId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not an MSP id: '" + Quoted.brief(value) + "'");
        }
    }

    /** Whether the text may name one. */
    public static boolean isValid(String value) {
        return ALLOWED.matcher(value).matches();
    }

    @Override
    public int compareTo(MspId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
