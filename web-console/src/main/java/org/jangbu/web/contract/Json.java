package org.jangbu.web.contract;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;

/** JSON values made and taken apart. */
final class Json {
    static final JsonObject EMPTY = new JsonObject(Map.of());

    private static final int LONGEST_NUMBER = 400;
    private static final int LARGEST_EXPONENT = 400;

    private Json() {}

    /** Members of an object, in order. */
    static final class Members {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        Members with(String name, JsonValue value) {
            members.put(name, value);
            return this;
        }

        Members with(String name, String text) {
            return with(name, new JsonText(text));
        }

        Members with(String name, Optional<? extends JsonValue> value) {
            value.ifPresent(present -> members.put(name, present));
            return this;
        }

        boolean isEmpty() {
            return members.isEmpty();
        }

        JsonObject object() {
            return new JsonObject(members);
        }
    }

    static Members members() {
        return new Members();
    }

    static JsonValue truth(boolean truth) {
        return new JsonTruth(truth);
    }

    static JsonArray texts(List<String> texts) {
        return new JsonArray(texts.stream().<JsonValue>map(JsonText::new).toList());
    }

    static Optional<String> text(JsonObject object, String name) {
        return object.member(name).filter(JsonText.class::isInstance).map(value -> ((JsonText) value).text());
    }

    static Optional<JsonObject> object(JsonObject object, String name) {
        return object.member(name).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    static List<JsonValue> elements(JsonObject object, String name) {
        return object.member(name)
                .filter(JsonArray.class::isInstance)
                .map(value -> ((JsonArray) value).elements())
                .orElse(List.of());
    }

    static boolean isTrue(JsonObject object, String name) {
        return object.member(name)
                .filter(value -> value instanceof JsonTruth truth && truth.truth())
                .isPresent();
    }

    /** The number's value; empty for one that only its digits or its exponent make large, which costs more than it is worth. */
    static Optional<BigDecimal> decimal(JsonNumber number) {
        if (number.spelling().length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        try {
            BigDecimal value = new BigDecimal(number.spelling());
            return Math.abs((long) value.precision() - value.scale()) > LARGEST_EXPONENT
                            || Math.abs((long) value.scale()) > LARGEST_EXPONENT
                    ? Optional.empty()
                    : Optional.of(value);
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
