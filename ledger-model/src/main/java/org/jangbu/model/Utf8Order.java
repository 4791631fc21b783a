package org.jangbu.model;

import java.util.Comparator;

/**
 * Orders strings as Fabric and PostgreSQL ({@code bytea}) do: by their UTF-8 bytes. {@link String#compareTo} differs where characters beyond
 * the Basic Multilingual Plane meet those above the surrogates.
 */
public final class Utf8Order {
    /** Byte order of the UTF-8 encodings. */
    public static final Comparator<String> COMPARATOR = Utf8Order::compare;

    private Utf8Order() {}

    private static int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // A surrogate stands for a code point above every other char, so its unit sorts after them all.
                boolean xHigh = Character.isSurrogate(x);
                boolean yHigh = Character.isSurrogate(y);
                return xHigh == yHigh ? Character.compare(x, y) : xHigh ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
