package org.jangbu.web.contract;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.web.contract.SchemaCheck.Violation;

/** The bounds that schemas set on numbers and counts. */
final class SchemaBounds {
    private static final Map<String, Range> INTEGERS = Map.of(
            "int8", Range.signed(8),
            "int16", Range.signed(16),
            "int32", Range.signed(32),
            "int64", Range.signed(64),
            "uint8", Range.unsigned(8),
            "uint16", Range.unsigned(16),
            "uint32", Range.unsigned(32),
            "uint64", Range.unsigned(64));

    private SchemaBounds() {}

    /** Whether there are as many things as the schema allows. */
    static Optional<Violation> counted(String path, JsonObject schema, String what, int count, String things) {
        Optional<Long> least = number(schema, "min" + what).map(BigDecimal::longValue);
        Optional<Long> most = number(schema, "max" + what).map(BigDecimal::longValue);
        if (least.filter(bound -> count < bound).isPresent()) {
            return SchemaCheck.violation(path, "must have at least " + least.get() + " " + things);
        }
        return most.filter(bound -> count > bound).isPresent()
                ? SchemaCheck.violation(path, "must have at most " + most.get() + " " + things)
                : Optional.empty();
    }

    /** Whether a number is within its bounds, a multiple and of its format. */
    static Optional<Violation> number(String path, JsonObject schema, BigDecimal value) {
        Optional<BigDecimal> least = number(schema, "minimum");
        Optional<BigDecimal> most = number(schema, "maximum");
        boolean aboveLeast = Json.isTrue(schema, "exclusiveMinimum");
        boolean belowMost = Json.isTrue(schema, "exclusiveMaximum");
        if (least.filter(bound -> value.compareTo(bound) < (aboveLeast ? 1 : 0)).isPresent()) {
            return SchemaCheck.violation(path, "must be " + (aboveLeast ? "more than " : "at least ") + least.get());
        }
        if (most.filter(bound -> value.compareTo(bound) > (belowMost ? -1 : 0)).isPresent()) {
            return SchemaCheck.violation(path, "must be " + (belowMost ? "less than " : "at most ") + most.get());
        }
        Optional<BigDecimal> step = number(schema, "multipleOf");
        if (step.filter(of -> value.remainder(of).signum() != 0).isPresent()) {
            return SchemaCheck.violation(path, "must be a multiple of " + step.get());
        }
        return Json.text(schema, "type")
                .filter("integer"::equals)
                .flatMap(type -> Json.text(schema, "format"))
                .map(INTEGERS::get)
                .filter(range -> !range.holds(value.toBigInteger()))
                .flatMap(range -> SchemaCheck.violation(path, "must be from " + range.least + " to " + range.most));
    }

    private static Optional<BigDecimal> number(JsonObject schema, String keyword) {
        return schema.member(keyword)
                .filter(JsonNumber.class::isInstance)
                .flatMap(value -> Json.decimal((JsonNumber) value));
    }

    /** The whole numbers of a width. */
    private record Range(BigInteger least, BigInteger most) {
        static Range signed(int bits) {
            BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
            return new Range(half.negate(), half.subtract(BigInteger.ONE));
        }

        static Range unsigned(int bits) {
            return new Range(BigInteger.ZERO, BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
        }

        boolean holds(BigInteger value) {
            return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        }
    }
}
