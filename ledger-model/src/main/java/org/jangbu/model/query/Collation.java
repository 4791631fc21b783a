package org.jangbu.model.query;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jangbu.model.Utf8Order;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNull;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;

/**
 * The order of JSON values: null, false, true, numbers, strings, arrays, objects, as in CouchDB. Numbers are ordered by their exact values,
 * strings by code points, arrays element by element, objects member by member, those sorted by name.
 *
 * <p>{@link #key} turns a value into bytes whose order is that of the values. The database has the same function, {@code ledger.json_key}:
 * each value begins with a digit for its type; strings end with U+0001 twice (one within is written U+0001 U+0002), arrays and objects with
 * the digit 0; a number is its sign, its exponent of ten and its digits, all complemented below zero.
 */
public final class Collation {
    /** Bytes of a key that an index holds; {@code ledger.index_key} cuts it there. */
    public static final int INDEXED_BYTES = 256;

    private static final int EXPONENT_ZERO = 5_000;

    private Collation() {}

    /** The values in their order. */
    static final Comparator<JsonValue> ORDER = Collation::compare;

    /** Which of two values is the greater one. */
    public static int compare(JsonValue a, JsonValue b) {
        int byType = Integer.compare(rank(a), rank(b));
        if (byType != 0) {
            return byType;
        }
        if (a instanceof JsonNumber x && b instanceof JsonNumber y) {
            return Numbers.of(x).compareTo(Numbers.of(y));
        }
        if (a instanceof JsonText x && b instanceof JsonText y) {
            return Utf8Order.COMPARATOR.compare(x.text(), y.text());
        }
        if (a instanceof JsonArray x && b instanceof JsonArray y) {
            return compareAll(x.elements().iterator(), y.elements().iterator(), ORDER);
        }
        if (a instanceof JsonObject x && b instanceof JsonObject y) {
            return compareAll(
                    sorted(x).iterator(),
                    sorted(y).iterator(),
                    Comparator.comparing(Map.Entry<String, JsonValue>::getKey, Utf8Order.COMPARATOR)
                            .thenComparing(Map.Entry::getValue, ORDER));
        }
        return 0;
    }

    private static <T> int compareAll(Iterator<T> a, Iterator<T> b, Comparator<T> order) {
        while (a.hasNext() && b.hasNext()) {
            int compared = order.compare(a.next(), b.next());
            if (compared != 0) {
                return compared;
            }
        }
        return Boolean.compare(a.hasNext(), b.hasNext());
    }

    private static List<Map.Entry<String, JsonValue>> sorted(JsonObject object) {
        return object.members().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Utf8Order.COMPARATOR))
                .toList();
    }

    /** Bytes in the order of the values. */
    public static byte[] key(JsonValue value) {
        StringBuilder key = new StringBuilder();
        append(key, value);
        return key.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What an index holds of a value's key. */
    public static byte[] indexed(byte[] key) {
        return key.length <= INDEXED_BYTES ? key : Arrays.copyOf(key, INDEXED_BYTES);
    }

    private static int rank(JsonValue value) {
        if (value instanceof JsonNull) {
            return 1;
        }
        if (value instanceof JsonTruth truth) {
            return truth.truth() ? 3 : 2;
        }
        if (value instanceof JsonNumber) {
            return 4;
        }
        return value instanceof JsonText ? 5 : value instanceof JsonArray ? 6 : 7;
    }

    private static void append(StringBuilder key, JsonValue value) {
        key.append(rank(value));
        if (value instanceof JsonNumber number) {
            appendNumber(key, Numbers.of(number).stripTrailingZeros());
        } else if (value instanceof JsonText text) {
            appendText(key, text.text());
        } else if (value instanceof JsonArray array) {
            array.elements().forEach(element -> append(key, element));
            key.append('0');
        } else if (value instanceof JsonObject object) {
            for (Map.Entry<String, JsonValue> member : sorted(object)) {
                append(key, new JsonText(member.getKey()));
                append(key, member.getValue());
            }
            key.append('0');
        }
    }

    private static void appendText(StringBuilder key, String text) {
        key.append(text.replace("\u0001", "\u0001\u0002")).append("\u0001\u0001");
    }

    private static void appendNumber(StringBuilder key, BigDecimal number) {
        if (number.signum() == 0) {
            key.append('1');
            return;
        }
        String digits = number.unscaledValue().abs().toString();
        int exponent = digits.length() - number.scale();
        if (number.signum() > 0) {
            key.append('2').append(EXPONENT_ZERO + exponent).append(digits).append(' ');
        } else {
            key.append('0').append(EXPONENT_ZERO - exponent);
            digits.chars().forEach(c -> key.append((char) ('0' + '9' - c)));
            key.append('~');
        }
    }
}
