package org.jangbu.model.query;

import java.util.List;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNull;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;
import org.jangbu.model.query.Condition.All;
import org.jangbu.model.query.Condition.Any;
import org.jangbu.model.query.Condition.At;
import org.jangbu.model.query.Condition.Not;

/**
 * Whether a condition holds of a document, decided without a database: for the conditions that the database cannot decide exactly, and to
 * compare it with in tests.
 */
public final class Matching {
    private Matching() {}

    /** Whether it holds of the document that a key holds. */
    public static boolean matches(Condition condition, String key, JsonObject document) {
        return holds(condition, FieldPath.withKey(document, key));
    }

    /** What an operator says that says the same of every string. */
    public static boolean passesAnyText(Operator operator) {
        return passes(operator, new JsonText(""));
    }

    private static boolean holds(Condition condition, JsonValue value) {
        if (condition instanceof All all) {
            return all.conditions().stream().allMatch(each -> holds(each, value));
        }
        if (condition instanceof Any any) {
            return any.conditions().isEmpty() || any.conditions().stream().anyMatch(each -> holds(each, value));
        }
        if (condition instanceof Not not) {
            return !holds(not.condition(), value);
        }
        At at = (At) condition;
        FieldPath.Place place = at.path().in(value);
        if (place instanceof FieldPath.Place.Value found) {
            return passes(at.operator(), found.value());
        }
        return place instanceof FieldPath.Place.Absent && at.operator().equals(new Operator.Exists(false));
    }

    private static boolean passes(Operator operator, JsonValue value) {
        if (operator instanceof Operator.Compare compare) {
            return compare.comparison().holds(Collation.compare(value, compare.value()));
        }
        if (operator instanceof Operator.Negated negated) {
            return !passes(negated.operator(), value);
        }
        if (operator instanceof Operator.In in) {
            return isAmong(in.values(), value);
        }
        if (operator instanceof Operator.NotIn notIn) {
            return !isAmong(notIn.values(), value);
        }
        if (operator instanceof Operator.Exists exists) {
            return exists.wanted();
        }
        if (operator instanceof Operator.HasType hasType) {
            return hasType.type().equals(type(value));
        }
        if (operator instanceof Operator.Mod mod) {
            return Numbers.whole(value)
                    .filter(number -> number.remainder(mod.divisor()).equals(mod.remainder()))
                    .isPresent();
        }
        if (value instanceof JsonText text) {
            return passesText(operator, text.text());
        }
        if (value instanceof JsonArray array) {
            return passesArray(operator, array.elements());
        }
        return operator instanceof Operator.SomeName someName
                && value instanceof JsonObject object
                && object.members().keySet().stream().anyMatch(name -> holds(someName.condition(), new JsonText(name)));
    }

    private static boolean passesText(Operator operator, String text) {
        return operator instanceof Operator.Regex regex
                ? regex.pattern().isIn(text)
                : operator instanceof Operator.BeginsWith beginsWith && text.startsWith(beginsWith.prefix());
    }

    private static boolean passesArray(Operator operator, List<JsonValue> elements) {
        if (operator instanceof Operator.Size size) {
            return size.size().bitLength() < Integer.SIZE && size.size().intValue() == elements.size();
        }
        if (operator instanceof Operator.HoldsAll holdsAll) {
            return holdsAll(holdsAll.values(), elements);
        }
        if (operator instanceof Operator.SomeElement some) {
            return elements.stream().anyMatch(element -> holds(some.condition(), element));
        }
        return operator instanceof Operator.EveryElement every
                && !elements.isEmpty()
                && elements.stream().allMatch(element -> holds(every.condition(), element));
    }

    private static boolean holdsAll(List<JsonValue> wanted, List<JsonValue> elements) {
        if (wanted.isEmpty()) {
            return false;
        }
        boolean all = wanted.stream().allMatch(each -> elements.stream().anyMatch(element -> equal(element, each)));
        return all || (wanted.size() == 1 && equal(new JsonArray(elements), wanted.get(0)));
    }

    private static boolean isAmong(List<JsonValue> values, JsonValue value) {
        if (value instanceof JsonArray array) {
            return array.elements().stream().anyMatch(element -> equalsOne(values, element));
        }
        return equalsOne(values, value);
    }

    private static boolean equalsOne(List<JsonValue> values, JsonValue value) {
        return values.stream().anyMatch(each -> equal(each, value));
    }

    private static boolean equal(JsonValue a, JsonValue b) {
        return Collation.compare(a, b) == 0;
    }

    private static String type(JsonValue value) {
        if (value instanceof JsonNull) {
            return "null";
        }
        if (value instanceof JsonTruth) {
            return "boolean";
        }
        if (value instanceof JsonNumber) {
            return "number";
        }
        return value instanceof JsonText ? "string" : value instanceof JsonArray ? "array" : "object";
    }
}
