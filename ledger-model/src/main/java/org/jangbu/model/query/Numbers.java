package org.jangbu.model.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonNumber;

/** Numbers by their exact values: 1, 1.0 and 10e-1 are the same. */
final class Numbers {
    private Numbers() {}

    /** The value of a number within the bounds of {@link #isBounded}. */
    static BigDecimal of(JsonNumber number) {
        return new BigDecimal(number.spelling());
    }

    /** Whether it is no larger than what the state holds as JSON, so that neither Java nor the database chokes on it. */
    static boolean isBounded(JsonNumber number) {
        String spelling = number.spelling();
        int exponentAt = Math.max(spelling.indexOf('e'), spelling.indexOf('E'));
        String digits = exponentAt < 0 ? spelling : spelling.substring(0, exponentAt);
        int point = digits.indexOf('.');
        int whole = point < 0 ? digits.length() : point;
        if (whole > QueryLimits.DIGITS || digits.length() - whole > QueryLimits.DIGITS) {
            return false;
        }
        if (exponentAt < 0) {
            return true;
        }
        String exponent = spelling.substring(exponentAt + 1).replaceFirst("^[+-]?0*", "");
        return exponent.length() <= 3 && (exponent.isEmpty() || Integer.parseInt(exponent) <= QueryLimits.EXPONENT);
    }

    /** A number without a fraction, however it is spelt. */
    static Optional<BigInteger> whole(JsonValue value) {
        if (!(value instanceof JsonNumber number)) {
            return Optional.empty();
        }
        BigDecimal exact = of(number).stripTrailingZeros();
        return exact.scale() <= 0 ? Optional.of(exact.toBigInteger()) : Optional.empty();
    }

    /** A number spelt as an integer, as operators want it. */
    static Optional<BigInteger> integer(JsonValue value) {
        return value instanceof JsonNumber number
                        && number.spelling().chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))
                ? Optional.of(new BigInteger(number.spelling()))
                : Optional.empty();
    }
}
