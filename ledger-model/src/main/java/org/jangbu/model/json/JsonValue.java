package org.jangbu.model.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of JSON. Numbers keep their spelling, and objects the order of their members, so that nothing is lost by reading. */
public sealed interface JsonValue {
    /** An object; no name occurs twice. */
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The member of that name; a null counts as absent. */
        public Optional<JsonValue> member(String name) {
            return Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof JsonNull));
        }
    }

    /** An array. */
    record JsonArray(List<JsonValue> elements) implements JsonValue {
        public JsonArray {
            elements = List.copyOf(elements);
        }
    }

    /** A string. */
    record JsonText(String text) implements JsonValue {}

    /** A number as it was spelt. */
    record JsonNumber(String spelling) implements JsonValue {}

    /** True or false. */
    record JsonTruth(boolean truth) implements JsonValue {}

    /** Null. */
    record JsonNull() implements JsonValue {}
}
