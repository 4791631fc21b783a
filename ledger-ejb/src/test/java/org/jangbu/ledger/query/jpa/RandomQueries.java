package org.jangbu.ledger.query.jpa;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jangbu.model.query.Condition;
import org.jangbu.model.query.FieldPath;

/** Documents and selectors by chance, from few names and values, so that they often meet. */
final class RandomQueries {
    private static final List<String> NAMES = List.of("a", "b", "0", "1", "-1", "c d", "é", "x'y\\\"", "$");
    private static final List<String> PATHS = List.of(
            "a", "b", "a.b", "a.0", "b.1", "a.a.b", "0", "a.-1", "é", "c d", "b.0.a", "_id", "x'y\\\"", "a.é", "1.0",
            "_id.a");
    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0.0",
            "1",
            "1.0",
            "10e-1",
            "-1",
            "-1.5",
            "2",
            "10",
            "9.99",
            "-10",
            "1e300",
            "-1e300",
            "1e-300",
            "12345678901234567890123",
            "0.1",
            "3",
            "4",
            "7",
            "\"\"",
            "\"a\"",
            "\"A\"",
            "\"ab\"",
            "\"b\"",
            "\"é\"",
            "\"\\u0001\"",
            "\"a\\u0001\"",
            "\"a\\u0001b\"",
            "\"a\\u0002\"",
            "\"\\uffff\"",
            "\"\\ud83d\\ude00\"",
            "\"10\"",
            "\"';--\"",
            "\"k1\"");
    private static final List<String> PATTERNS = List.of("a", "^a", "b$", "[ab]+", "", "(?i)A", "^.$", "\\\\d");
    private static final List<String> TYPES = List.of("null", "boolean", "number", "string", "array", "object");

    private final Random random;

    RandomQueries(long seed) {
        random = new Random(seed);
    }

    String document() {
        return object(3);
    }

    private String object(int depth) {
        Set<String> names = new HashSet<>();
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> one(NAMES))
                .filter(names::add)
                .map(name -> "\"" + name + "\":" + value(depth - 1))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private String value(int depth) {
        int kind = depth <= 0 ? 0 : random.nextInt(4);
        return switch (kind) {
            case 2 -> list(() -> value(depth - 1));
            case 3 -> object(depth);
            default -> one(SCALARS);
        };
    }

    private String list(Supplier<String> element) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> element.get())
                .collect(Collectors.joining(",", "[", "]"));
    }

    String selector() {
        return selector(3);
    }

    private String selector(int depth) {
        return switch (depth <= 0 ? 9 : random.nextInt(10)) {
            case 0 -> "{\"$and\":" + list(() -> selector(depth - 1)) + "}";
            case 1 -> "{\"$or\":" + list(() -> selector(depth - 1)) + "}";
            case 2 -> "{\"$nor\":" + list(() -> selector(depth - 1)) + "}";
            case 3 -> "{\"$not\":" + selector(depth - 1) + "}";
            case 4 -> field() + "{\"$not\":{" + operator(depth) + "}}}";
            case 5 -> field() + one(SCALARS) + "}";
            default -> field() + "{" + operator(depth) + "}}";
        };
    }

    private String field() {
        return "{\"" + one(PATHS) + "\":";
    }

    private String operator(int depth) {
        return switch (random.nextInt(depth <= 0 ? 15 : 19)) {
            case 0 -> "\"$lt\":" + value(2);
            case 1 -> "\"$lte\":" + value(2);
            case 2 -> "\"$eq\":" + value(2);
            case 3 -> "\"$ne\":" + value(2);
            case 4 -> "\"$gte\":" + value(2);
            case 5 -> "\"$gt\":" + value(2);
            case 6 -> "\"$in\":" + list(() -> value(1));
            case 7 -> "\"$nin\":" + list(() -> value(1));
            case 8 -> "\"$all\":" + list(() -> value(1));
            case 9 -> "\"$exists\":" + random.nextBoolean();
            case 10 -> "\"$type\":\"" + one(TYPES) + "\"";
            case 11 -> "\"$size\":" + random.nextInt(4);
            case 12 ->
                "\"$mod\":[" + (random.nextInt(3) + 1) * (random.nextBoolean() ? 1 : -1) + "," + (random.nextInt(4) - 1)
                        + "]";
            case 13 -> "\"$regex\":\"" + one(PATTERNS) + "\"";
            case 14 -> "\"$beginsWith\":\"" + one(List.of("", "a", "A", "é", "k", "\\u0001")) + "\"";
            case 15 -> "\"$elemMatch\":" + inElement(depth - 1);
            case 16 -> "\"$allMatch\":" + inElement(depth - 1);
            case 17 -> "\"$keyMapMatch\":" + inElement(depth - 1);
            default -> "\"$gt\":" + one(SCALARS) + ",\"$lte\":" + one(SCALARS);
        };
    }

    private String inElement(int depth) {
        return random.nextInt(3) == 0 ? selector(depth) : "{" + operator(depth) + "}";
    }

    String sort() {
        String direction = random.nextBoolean() ? "asc" : "desc";
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> "{\"" + one(List.of("a", "b", "a.b", "0", "_id")) + "\":\"" + direction + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The fields of a condition that an index could be on. */
    static Set<FieldPath> fields(Condition condition) {
        Set<FieldPath> fields = new HashSet<>();
        collect(condition, fields);
        return fields;
    }

    private static void collect(Condition condition, Set<FieldPath> fields) {
        if (condition instanceof Condition.All all) {
            all.conditions().forEach(each -> collect(each, fields));
        } else if (condition instanceof Condition.Any any) {
            any.conditions().forEach(each -> collect(each, fields));
        } else if (condition instanceof Condition.At at) {
            fields.add(at.path());
        }
    }
}
