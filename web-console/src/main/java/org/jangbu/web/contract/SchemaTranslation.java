package org.jangbu.web.contract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;

/**
 * Makes a schema of OpenAPI 3.0 of what a contract says is one of JSON Schema. Only keywords that mean the same there are taken over, and only
 * where their values are what they must be; what is left out allows more, never less. So there is no {@code not}.
 */
final class SchemaTranslation {
    private static final Set<String> TYPES = Set.of("string", "number", "integer", "boolean", "array", "object");
    private static final Set<String> COUNTS =
            Set.of("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties");
    private static final Set<String> EXCLUSIVE = Set.of("exclusiveMinimum", "exclusiveMaximum");
    private static final int LONGEST_TEXT = 1000;
    private static final int LARGEST_COUNT_DIGITS = 9;

    private final SchemaNames names;

    SchemaTranslation(SchemaNames names) {
        this.names = names;
    }

    /** The schema in the document's words; one that allows everything for what is no schema. */
    JsonObject translate(JsonValue said) {
        if (!(said instanceof JsonObject schema)) {
            return Json.EMPTY;
        }
        Optional<String> reference = Json.text(schema, "$ref");
        if (reference.isPresent()) {
            return reference
                    .flatMap(names::reference)
                    .map(to -> Json.members().with("$ref", to).object())
                    .orElse(Json.EMPTY);
        }
        Json.Members into = Json.members();
        type(schema, into);
        schema.members().forEach((name, value) -> keyword(name, value, into));
        EXCLUSIVE.forEach(name -> exclusive(schema, name, into));
        return into.object();
    }

    private static void type(JsonObject schema, Json.Members into) {
        List<String> types = types(schema.member("type"));
        boolean nullable = types.contains("null") || Json.isTrue(schema, "nullable");
        List<String> known = types.stream().filter(TYPES::contains).toList();
        if (known.size() == 1) {
            into.with("type", known.get(0));
            if (nullable) {
                into.with("nullable", Json.truth(true));
            }
            if (known.get(0).equals("array") && schema.member("items").isEmpty()) {
                into.with("items", Json.EMPTY);
            }
        }
    }

    private static List<String> types(Optional<JsonValue> type) {
        List<JsonValue> said = type.map(value -> value instanceof JsonArray array ? array.elements() : List.of(value))
                .orElse(List.of());
        return said.stream()
                .filter(JsonText.class::isInstance)
                .map(value -> ((JsonText) value).text())
                .distinct()
                .toList();
    }

    private void keyword(String name, JsonValue value, Json.Members into) {
        switch (name) {
            case "title", "description", "format", "pattern" -> text(name, value, into);
            case "enum" -> {
                if (value instanceof JsonArray array && !array.elements().isEmpty()) {
                    into.with(
                            name,
                            new JsonArray(array.elements().stream().distinct().toList()));
                }
            }
            case "const" -> into.with("enum", new JsonArray(List.of(value)));
            case "minimum", "maximum" -> bound(name, value, into);
            case "multipleOf" -> {
                if (value instanceof JsonNumber number
                        && Json.decimal(number)
                                .filter(step -> step.signum() > 0)
                                .isPresent()) {
                    into.with(name, number);
                }
            }
            case "uniqueItems" -> {
                if (value instanceof JsonTruth) {
                    into.with(name, value);
                }
            }
            case "items" -> into.with(name, translate(value));
            case "allOf", "anyOf" -> choices(name, value, into);
            // With one of its schemas wider than it was said, exactly one might turn into two.
            case "oneOf" -> choices("anyOf", value, into);
            case "properties" -> properties(value, into);
            case "required" -> required(value, into);
            case "additionalProperties" -> into.with(name, value instanceof JsonTruth ? value : translate(value));
            default -> {
                if (COUNTS.contains(name)) {
                    count(name, value, into);
                }
            }
        }
    }

    private static void text(String name, JsonValue value, Json.Members into) {
        // Half a pattern would mean something else.
        if (value instanceof JsonText text && (text.text().length() <= LONGEST_TEXT || !name.equals("pattern"))) {
            into.with(name, clipped(text.text()));
        }
    }

    /** No more of a text than a document is read for, and no half characters. */
    static String clipped(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT));
    }

    private static void bound(String name, JsonValue value, Json.Members into) {
        if (value instanceof JsonNumber number && Json.decimal(number).isPresent()) {
            into.with(name, number);
        }
    }

    /** Newer drafts have the bound itself here, older ones and OpenAPI 3.0 whether the other bound is excluded. */
    private static void exclusive(JsonObject schema, String name, Json.Members into) {
        String bound = name.equals("exclusiveMinimum") ? "minimum" : "maximum";
        Optional<JsonValue> said = schema.member(name);
        if (said.isEmpty()) {
            return;
        }
        Optional<BigDecimal> inclusive = number(schema.member(bound));
        Optional<BigDecimal> exclusive = number(said);
        if (said.get() instanceof JsonTruth truth && truth.truth() && inclusive.isPresent()) {
            into.with(name, truth);
        } else if (exclusive.isPresent() && isTighter(name, exclusive.get(), inclusive)) {
            into.with(bound, said.get()).with(name, Json.truth(true));
        }
    }

    private static boolean isTighter(String name, BigDecimal exclusive, Optional<BigDecimal> inclusive) {
        return inclusive
                .map(other -> name.equals("exclusiveMinimum")
                        ? exclusive.compareTo(other) >= 0
                        : exclusive.compareTo(other) <= 0)
                .orElse(true);
    }

    private static Optional<BigDecimal> number(Optional<JsonValue> value) {
        return value.filter(JsonNumber.class::isInstance).flatMap(number -> Json.decimal((JsonNumber) number));
    }

    private static void count(String name, JsonValue value, Json.Members into) {
        if (value instanceof JsonNumber number && number.spelling().matches("[0-9]{1," + LARGEST_COUNT_DIGITS + "}")) {
            into.with(name, number);
        }
    }

    private void properties(JsonValue value, Json.Members into) {
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> translated = new LinkedHashMap<>();
            object.members().forEach((name, schema) -> translated.put(name, translate(schema)));
            into.with("properties", new JsonObject(translated));
        }
    }

    private static void required(JsonValue value, Json.Members into) {
        if (value instanceof JsonArray array) {
            List<JsonValue> names = array.elements().stream()
                    .filter(JsonText.class::isInstance)
                    .distinct()
                    .toList();
            if (!names.isEmpty()) {
                into.with("required", new JsonArray(names));
            }
        }
    }

    private void choices(String name, JsonValue value, Json.Members into) {
        if (value instanceof JsonArray array && !array.elements().isEmpty()) {
            List<JsonValue> translated = new ArrayList<>();
            array.elements().forEach(schema -> translated.add(translate(schema)));
            into.with(name, new JsonArray(translated));
        }
    }
}
