package org.jangbu.model.query;

import java.math.BigInteger;
import java.util.List;
import org.jangbu.model.json.JsonValue;

/** One operator and its argument, asked of one value. */
public sealed interface Operator {
    /** How a value stands to another in CouchDB's order; see {@link Collation}. */
    enum Comparison {
        LESS("<"),
        AT_MOST("<="),
        EQUAL("="),
        NOT_EQUAL("<>"),
        AT_LEAST(">="),
        GREATER(">");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        /** As SQL writes it. */
        public String symbol() {
            return symbol;
        }

        boolean holds(int order) {
            return switch (this) {
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case AT_LEAST -> order >= 0;
                case GREATER -> order > 0;
            };
        }

        Comparison negated() {
            return switch (this) {
                case LESS -> AT_LEAST;
                case AT_MOST -> GREATER;
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case AT_LEAST -> LESS;
                case GREATER -> AT_MOST;
            };
        }
    }

    /** {@code $lt $lte $eq $ne $gte $gt}. */
    record Compare(Comparison comparison, JsonValue value) implements Operator {}

    /** {@code $in}: the value, or an element if it is an array, equals one of these. */
    record In(List<JsonValue> values) implements Operator {
        public In {
            values = List.copyOf(values);
        }
    }

    /** {@code $nin}: the contrary. */
    record NotIn(List<JsonValue> values) implements Operator {
        public NotIn {
            values = List.copyOf(values);
        }
    }

    /** {@code $exists}. */
    record Exists(boolean wanted) implements Operator {}

    /** {@code $type}: one of {@code null boolean number string array object}. */
    record HasType(String type) implements Operator {}

    /** {@code $size}: an array of so many elements. */
    record Size(BigInteger size) implements Operator {}

    /** {@code $mod}: a whole number that leaves a remainder, which has the number's sign. */
    record Mod(BigInteger divisor, BigInteger remainder) implements Operator {}

    /** {@code $regex}: a string in which the pattern is found. */
    record Regex(RegularExpression pattern) implements Operator {}

    /** {@code $beginsWith}: a string that begins so. */
    record BeginsWith(String prefix) implements Operator {}

    /** {@code $all}: an array that holds all of these, or is the only one of them. */
    record HoldsAll(List<JsonValue> values) implements Operator {
        public HoldsAll {
            values = List.copyOf(values);
        }
    }

    /** {@code $elemMatch}: an array with an element of which the condition holds. */
    record SomeElement(Condition condition) implements Operator {}

    /** {@code $allMatch}: an array with elements, of all of which the condition holds. */
    record EveryElement(Condition condition) implements Operator {}

    /** {@code $keyMapMatch}: an object with a member's name of which the condition holds. */
    record SomeName(Condition condition) implements Operator {}

    /** The value is there and fails the operator. */
    record Negated(Operator operator) implements Operator {}
}
