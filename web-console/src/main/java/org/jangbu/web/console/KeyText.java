package org.jangbu.web.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys of the world state as people can read them: a composite key (U+0000, type, U+0000, attribute, U+0000, …) as its parts, other
 * characters that cannot be seen by their symbols.
 */
public final class KeyText {
    private static final int FIRST_SYMBOL = 0x2400;

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
        text.codePoints().forEach(c -> out.appendCodePoint(symbol(c)));
        return out.toString();
    }

    private static int symbol(int codePoint) {
        if (codePoint < 0x20) {
            return FIRST_SYMBOL + codePoint;
        }
        boolean unseen = Character.isISOControl(codePoint)
                || (codePoint >= 0x202A && codePoint <= 0x202E)
                || (codePoint >= 0x2066 && codePoint <= 0x2069)
                || codePoint == Character.MAX_CODE_POINT;
        return unseen ? '\uFFFD' : codePoint;
    }
}
