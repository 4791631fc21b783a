package org.jangbu.model;

import java.util.regex.Pattern;

/** The name of a chaincode: {@code ^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$}, as Fabric's lifecycle demands, at most 249 characters; or {@code _lifecycle}. */
public record ChaincodeName(String value) implements Comparable<ChaincodeName> {
    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9]++([-_][a-zA-Z0-9]++)*+");

    /** The system chaincode that keeps chaincode definitions. */
    public static final ChaincodeName LIFECYCLE = new ChaincodeName("_lifecycle");

    public ChaincodeName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a chaincode name: '" + Quoted.brief(value) + "'");
        }
    }

    /** Whether the text may name a chaincode. */
    public static boolean isValid(String value) {
        return value.equals("_lifecycle")
                || (value.length() <= 249 && ALLOWED.matcher(value).matches());
    }

    @Override
    public int compareTo(ChaincodeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
