package org.jangbu.web.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Keys of the world state as people can read them: a composite key (U+0000, type, U+0000, attribute, U+0000, …) as its parts, and characters
 * that cannot be seen, or that would turn the text around, by a backslash, {@code u} and their number.
 */
public final class KeyText {
    private KeyText() {}

    /** The parts of a composite key, or the key itself as the only part. */
    public static List<String> parts(String key) {
        if (!key.startsWith("\0") || key.length() < 2) {
            return List.of(visible(key));
        }
        List<String> parts = new ArrayList<>();
        int from = 1;
        for (int end = key.indexOf('\0', from); end >= 0; end = key.indexOf('\0', from)) {
            parts.add(visible(key.substring(from, end)));
            from = end + 1;
        }
        if (from < key.length()) {
            parts.add(visible(key.substring(from)));
        }
        return parts;
    }

    private static String visible(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c ->
                        out.append(isUnseen(c) ? String.format(Locale.ROOT, "\\u%04X", c) : Character.toString(c)));
        return out.toString();
    }

    private static boolean isUnseen(int codePoint) {
        return Character.isISOControl(codePoint)
                || (codePoint >= 0x202A && codePoint <= 0x202E)
                || (codePoint >= 0x2066 && codePoint <= 0x2069)
                || codePoint == Character.MAX_CODE_POINT;
    }
}
