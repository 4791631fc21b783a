package org.jangbu.model.query;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jangbu.model.Quoted;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;
import org.jangbu.model.query.Condition.All;
import org.jangbu.model.query.Condition.Any;
import org.jangbu.model.query.Condition.At;
import org.jangbu.model.query.Condition.Not;
import org.jangbu.model.query.Operator.Compare;
import org.jangbu.model.query.Operator.Comparison;

/** Reads selectors: field names and operators down to the values, each operator with the path of the fields around it. */
final class SelectorReader {
    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "$lt", Comparison.LESS,
            "$lte", Comparison.AT_MOST,
            "$eq", Comparison.EQUAL,
            "$ne", Comparison.NOT_EQUAL,
            "$gte", Comparison.AT_LEAST,
            "$gt", Comparison.GREATER);
    private static final Set<String> TYPES = Set.of("null", "boolean", "number", "string", "array", "object");

    private int terms;

    private SelectorReader() {}

    /** The condition that a selector is, its negations moved inwards. An empty one holds always. */
    static Condition read(JsonObject selector) throws QueryException {
        if (selector.members().isEmpty()) {
            return new All(List.of());
        }
        return Negations.inward(new SelectorReader().condition(selector, FieldPath.HERE, false));
    }

    /** @param element whether the value is not the document but something in it, of which even the whole may be compared */
    private Condition condition(JsonValue value, FieldPath path, boolean element) throws QueryException {
        if (!(value instanceof JsonObject object) || object.members().isEmpty()) {
            return at(path, element, new Compare(Comparison.EQUAL, argument(value, path, element)));
        }
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            conditions.add(member(member.getKey(), member.getValue(), path, element));
        }
        return conditions.size() == 1 ? conditions.get(0) : new All(conditions);
    }

    private Condition member(String name, JsonValue value, FieldPath path, boolean element) throws QueryException {
        return switch (name) {
            case "$and" -> new All(conditions(name, value, path, element));
            case "$or" -> new Any(conditions(name, value, path, element));
            case "$nor" ->
                new All(conditions(name, value, path, element).stream()
                        .<Condition>map(Not::new)
                        .toList());
            case "$not" -> new Not(condition(object(name, value), path, element));
            default ->
                name.startsWith("$")
                        ? at(path, element, operator(name, value, path, element))
                        : condition(value, path.then(FieldPath.parse(name)), element);
        };
    }

    private List<Condition> conditions(String name, JsonValue value, FieldPath path, boolean element)
            throws QueryException {
        List<Condition> conditions = new ArrayList<>();
        for (JsonValue each : elements(name, value)) {
            conditions.add(condition(each, path, element));
        }
        return conditions;
    }

    private At at(FieldPath path, boolean element, Operator operator) throws QueryException {
        if (path.names().isEmpty() && !element) {
            throw new QueryException("a condition stands without the name of a field");
        }
        if (++terms > QueryLimits.TERMS) {
            throw new QueryException("a selector has at most " + QueryLimits.TERMS + " conditions");
        }
        return new At(path, operator);
    }

    private Operator operator(String name, JsonValue value, FieldPath path, boolean element) throws QueryException {
        Comparison comparison = COMPARISONS.get(name);
        if (comparison != null) {
            return new Compare(comparison, argument(value, path, element));
        }
        return switch (name) {
            case "$in" -> new Operator.In(arguments(name, value, path, element));
            case "$nin" -> new Operator.NotIn(arguments(name, value, path, element));
            case "$all" -> new Operator.HoldsAll(arguments(name, value, path, element));
            case "$exists" -> new Operator.Exists(truth(name, value));
            case "$type" -> new Operator.HasType(type(text(name, value)));
            case "$size" -> new Operator.Size(size(name, value));
            case "$mod" -> mod(name, value);
            case "$regex" -> new Operator.Regex(RegularExpression.of(text(name, value)));
            case "$beginsWith" ->
                new Operator.BeginsWith(((JsonText) argument(new JsonText(text(name, value)), path, element)).text());
            case "$elemMatch" -> new Operator.SomeElement(condition(object(name, value), FieldPath.HERE, true));
            case "$allMatch" -> new Operator.EveryElement(condition(object(name, value), FieldPath.HERE, true));
            case "$keyMapMatch" -> new Operator.SomeName(condition(object(name, value), FieldPath.HERE, true));
            default -> throw new QueryException("there is no operator '" + Quoted.brief(name) + "'");
        };
    }

    private static Operator mod(String name, JsonValue value) throws QueryException {
        List<JsonValue> both = elements(name, value);
        if (both.size() == 2) {
            var divisor = Numbers.integer(both.get(0));
            var remainder = Numbers.integer(both.get(1));
            if (divisor.isPresent() && remainder.isPresent() && divisor.get().signum() != 0) {
                return new Operator.Mod(bounded(divisor.get()), bounded(remainder.get()));
            }
        }
        throw new QueryException("$mod takes two integers, [divisor, remainder], the first not 0");
    }

    private static BigInteger bounded(BigInteger number) throws QueryException {
        if (number.bitLength() > Long.SIZE) {
            throw new QueryException("a number is too large: " + Quoted.brief(number.toString()));
        }
        return number;
    }

    private static BigInteger size(String name, JsonValue value) throws QueryException {
        return bounded(Numbers.integer(value)
                .filter(size -> size.signum() >= 0)
                .orElseThrow(() -> new QueryException(name + " takes an integer of 0 or more")));
    }

    private static String type(String type) throws QueryException {
        if (!TYPES.contains(type)) {
            throw new QueryException("there is no type '" + Quoted.brief(type)
                    + "'; $type takes null, boolean, number, string, array or object");
        }
        return type;
    }

    private static List<JsonValue> arguments(String name, JsonValue value, FieldPath path, boolean element)
            throws QueryException {
        List<JsonValue> elements = elements(name, value);
        for (JsonValue each : elements) {
            argument(each, path, element);
        }
        return elements;
    }

    /** A value that the database takes; a key, which is no JSON there, may hold U+0000. */
    private static JsonValue argument(JsonValue value, FieldPath path, boolean element) throws QueryException {
        boolean key = !element && path.startsAtKey();
        return key && value instanceof JsonText ? value : StoredValues.checked(value);
    }

    private static List<JsonValue> elements(String name, JsonValue value) throws QueryException {
        if (value instanceof JsonArray array) {
            return array.elements();
        }
        throw new QueryException(name + " takes an array");
    }

    private static JsonObject object(String name, JsonValue value) throws QueryException {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new QueryException(name + " takes an object");
    }

    private static String text(String name, JsonValue value) throws QueryException {
        if (value instanceof JsonText text) {
            return text.text();
        }
        throw new QueryException(name + " takes a string");
    }

    private static boolean truth(String name, JsonValue value) throws QueryException {
        if (value instanceof JsonTruth truth) {
            return truth.truth();
        }
        throw new QueryException(name + " takes true or false");
    }
}
