package org.jangbu.web.contract;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNull;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;

/**
 * Says whether a value is what a schema of {@link SchemaTranslation} asks for. Patterns are documented and not checked: a contract's own expression could
 * keep a thread busy for as long as it likes. Steps are counted, since schemas may refer to each other in circles and multiply.
 */
final class SchemaCheck {
    private static final int MOST_STEPS = 200_000;
    private static final int DEEPEST = 200;
    private static final String NOT_CHECKED = "cannot be checked: the contract's schema goes too deep or in circles";
    private final Map<String, JsonObject> components;
    private int steps;

    /** @param components the document's schemas that others may refer to, by name */
    SchemaCheck(Map<String, JsonObject> components) {
        this.components = components;
    }

    /** What a value is not, and where. */
    record Violation(String path, String rule) {}

    /** What stands against the value; empty if nothing does. */
    Optional<Violation> check(String path, JsonObject schema, JsonValue value) {
        steps = 0;
        return check(path, schema, value, 0);
    }

    /** The schema itself, past all references; empty if they go in circles. */
    Optional<JsonObject> resolved(JsonObject schema) {
        JsonObject found = schema;
        for (int i = 0; i <= components.size(); i++) {
            Optional<String> reference = Json.text(found, "$ref");
            if (reference.isEmpty()) {
                return Optional.of(found);
            }
            found = components.getOrDefault(
                    reference.get().substring(SchemaNames.to("").length()), Json.EMPTY);
        }
        return Optional.empty();
    }

    private Optional<Violation> check(String path, JsonObject said, JsonValue value, int depth) {
        Optional<JsonObject> found = resolved(said);
        if (++steps > MOST_STEPS || depth > DEEPEST || found.isEmpty()) {
            return violation(path, NOT_CHECKED);
        }
        JsonObject schema = found.get();
        if (value instanceof JsonNull && Json.isTrue(schema, "nullable")) {
            return Optional.empty();
        }
        return kind(path, schema, value)
                .or(() -> listed(path, schema, value))
                .or(() -> choices(path, schema, value, depth))
                .or(() -> content(path, schema, value, depth));
    }

    private static Optional<Violation> kind(String path, JsonObject schema, JsonValue value) {
        Optional<String> type = Json.text(schema, "type");
        if (type.isEmpty() || isOfType(type.get(), value)) {
            return Optional.empty();
        }
        return violation(path, "must be " + (type.get().matches("[aio].*") ? "an " : "a ") + type.get());
    }

    private static boolean isOfType(String type, JsonValue value) {
        return switch (type) {
            case "string" -> value instanceof JsonText;
            case "boolean" -> value instanceof JsonTruth;
            case "array" -> value instanceof JsonArray;
            case "object" -> value instanceof JsonObject;
            case "integer" ->
                value instanceof JsonNumber number
                        && Json.decimal(number)
                                .filter(decimal -> decimal.stripTrailingZeros().scale() <= 0)
                                .isPresent();
            default ->
                value instanceof JsonNumber number && Json.decimal(number).isPresent();
        };
    }

    private static Optional<Violation> listed(String path, JsonObject schema, JsonValue value) {
        List<JsonValue> allowed = Json.elements(schema, "enum");
        return allowed.isEmpty() || allowed.stream().anyMatch(one -> same(one, value))
                ? Optional.empty()
                : violation(path, "must be one of the values that the contract lists");
    }

    private static boolean same(JsonValue one, JsonValue other) {
        if (one instanceof JsonNumber number && other instanceof JsonNumber otherNumber) {
            Optional<BigDecimal> decimal = Json.decimal(otherNumber);
            return Json.decimal(number)
                    .flatMap(first -> decimal.map(second -> first.compareTo(second) == 0))
                    .orElse(false);
        }
        return one.equals(other);
    }

    private Optional<Violation> choices(String path, JsonObject schema, JsonValue value, int depth) {
        for (JsonValue part : Json.elements(schema, "allOf")) {
            Optional<Violation> violation = check(path, (JsonObject) part, value, depth + 1);
            if (violation.isPresent()) {
                return violation;
            }
        }
        List<JsonValue> any = Json.elements(schema, "anyOf");
        return any.isEmpty()
                        || any.stream()
                                .anyMatch(part -> check(path, (JsonObject) part, value, depth + 1)
                                        .isEmpty())
                ? Optional.empty()
                : violation(path, "is none of the kinds that the contract takes");
    }

    private Optional<Violation> content(String path, JsonObject schema, JsonValue value, int depth) {
        if (value instanceof JsonText text) {
            return SchemaBounds.counted(
                    path,
                    schema,
                    "Length",
                    text.text().codePointCount(0, text.text().length()),
                    "characters");
        }
        if (value instanceof JsonNumber number) {
            return Json.decimal(number)
                    .map(decimal -> SchemaBounds.number(path, schema, decimal))
                    .orElseGet(() -> violation(path, "is a number of too many digits"));
        }
        if (value instanceof JsonArray array) {
            return array(path, schema, array, depth);
        }
        return value instanceof JsonObject object ? object(path, schema, object, depth) : Optional.empty();
    }

    private Optional<Violation> array(String path, JsonObject schema, JsonArray array, int depth) {
        Optional<JsonObject> items = Json.object(schema, "items");
        for (int i = 0; items.isPresent() && i < array.elements().size(); i++) {
            Optional<Violation> violation =
                    check(path + "[" + i + "]", items.get(), array.elements().get(i), depth + 1);
            if (violation.isPresent()) {
                return violation;
            }
        }
        if (Json.isTrue(schema, "uniqueItems")
                && new HashSet<>(array.elements()).size() < array.elements().size()) {
            return violation(path, "must not hold the same twice");
        }
        return SchemaBounds.counted(path, schema, "Items", array.elements().size(), "entries");
    }

    private Optional<Violation> object(String path, JsonObject schema, JsonObject object, int depth) {
        for (JsonValue required : Json.elements(schema, "required")) {
            String name = ((JsonText) required).text();
            if (!object.members().containsKey(name)) {
                return violation(member(path, name), "is missing");
            }
        }
        Optional<JsonObject> properties = Json.object(schema, "properties");
        Optional<JsonValue> further = schema.member("additionalProperties");
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            Optional<JsonValue> known =
                    properties.map(all -> all.members().get(member.getKey())).or(() -> further);
            if (known.isPresent()) {
                Optional<Violation> violation =
                        member(member(path, member.getKey()), known.get(), member.getValue(), depth + 1);
                if (violation.isPresent()) {
                    return violation;
                }
            }
        }
        return SchemaBounds.counted(path, schema, "Properties", object.members().size(), "members");
    }

    private Optional<Violation> member(String path, JsonValue schema, JsonValue value, int depth) {
        if (schema instanceof JsonObject object) {
            return check(path, object, value, depth);
        }
        return schema instanceof JsonTruth truth && !truth.truth()
                ? violation(path, "is not known here")
                : Optional.empty();
    }

    private static String member(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static Optional<Violation> violation(String path, String rule) {
        return Optional.of(new Violation(path, rule));
    }
}
