package org.jangbu.msp.ca;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What texts of strangers must be, and the little languages within Fabric CA's attributes. */
final class Texts {
    private Texts() {}

    /** No control characters, which databases and logs do not take, and no half surrogate pairs. */
    static boolean arePrintable(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                        || Character.getType(c) == Character.UNASSIGNED);
    }

    /** The members of a list with commas. */
    static List<String> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** Whether a list names the word, in whatever case. */
    static boolean listed(String list, String word) {
        return list(list).stream().anyMatch(word::equalsIgnoreCase);
    }

    /** The truth value that Go reads in a text. */
    static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
            case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** A serial number or key identifier as the registry spells it: lower-case hexadecimal without colons and leading zeros. */
    static String hexadecimal(String text) {
        String digits = text.toLowerCase(Locale.ROOT).replace(":", "");
        int start = 0;
        while (start < digits.length() && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }
}
