package org.jangbu.ledger.query.jpa;

import java.util.Arrays;
import java.util.List;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.query.Collation;
import org.jangbu.model.query.Operator;

/**
 * Conditions so that an index can be asked, which holds the first bytes of each key. An argument whose own key is shorter than that stands to
 * a key as it stands to its first bytes, so that asking the index is all; with a longer one the index gives bounds, and the condition itself
 * follows. Two conditions where one would do would make the planner believe in far fewer rows than there are.
 */
final class IndexedSql {
    private static final byte[] FIRST_ARRAY = {'6'};
    private static final byte[] BEHIND_ARRAYS = {'7'};

    private final Parameters parameters;

    IndexedSql(Parameters parameters) {
        this.parameters = parameters;
    }

    /** @param itself the condition as it is without an index; the answer where the operator says nothing about order */
    String of(Operator operator, String field, String itself) {
        String key = "ledger.index_key(" + field + ")";
        if (operator instanceof Operator.Compare compare) {
            return compare(compare, key, itself);
        }
        if (operator instanceof Operator.In in && !in.values().isEmpty()) {
            return in(in.values(), key, itself);
        }
        if (operator instanceof Operator.BeginsWith beginsWith) {
            // The key of the prefix without the two bytes that end a string; no byte of UTF-8 is 0xFF.
            byte[] whole = Collation.key(new JsonText(beginsWith.prefix()));
            byte[] first = Arrays.copyOf(whole, whole.length - 2);
            byte[] last = Arrays.copyOf(first, first.length + 1);
            last[first.length] = (byte) 0xFF;
            String between = key + " >= " + parameters.add(Collation.indexed(first)) + " AND " + key + " <= "
                    + parameters.add(Collation.indexed(last));
            return isShort(last) ? "(" + between + ")" : "(" + between + " AND " + itself + ")";
        }
        return itself;
    }

    /** Of an array its elements are looked for, which no index on the whole knows; so all arrays are candidates, and none is found by its own key. */
    private String in(List<JsonValue> values, String key, String itself) {
        List<byte[]> keys = values.stream()
                .filter(value -> !(value instanceof JsonArray))
                .map(Collation::key)
                .toList();
        String array = "(" + key + " >= " + parameters.add(FIRST_ARRAY) + " AND " + key + " < "
                + parameters.add(BEHIND_ARRAYS) + " AND " + itself + ")";
        if (keys.isEmpty()) {
            return array;
        }
        String equal = key + " = ANY ("
                + parameters.add(keys.stream().map(Collation::indexed).toArray(byte[][]::new)) + ")";
        return keys.stream().allMatch(IndexedSql::isShort)
                ? "(" + equal + " OR " + array + ")"
                : "((" + equal + " AND " + itself + ") OR " + array + ")";
    }

    private String compare(Operator.Compare compare, String key, String itself) {
        byte[] bound = Collation.key(compare.value());
        String place = parameters.add(Collation.indexed(bound));
        if (compare.comparison() == Operator.Comparison.NOT_EQUAL) {
            return itself;
        }
        if (isShort(bound)) {
            return key + " " + compare.comparison().symbol() + " " + place;
        }
        String loose = switch (compare.comparison()) {
            case LESS, AT_MOST -> "<=";
            case AT_LEAST, GREATER -> ">=";
            default -> "=";
        };
        return "(" + key + " " + loose + " " + place + " AND " + itself + ")";
    }

    private static boolean isShort(byte[] key) {
        return key.length < Collation.INDEXED_BYTES;
    }
}
