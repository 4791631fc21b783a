package org.jangbu.ledger.query;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jangbu.model.Utf8Order;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;

/** Writes JSON as Go's encoder does by default: no white space, members sorted by name, what HTML reads specially escaped. */
public final class CompactJson {
    private CompactJson() {}

    /** The value as text. */
    public static String text(JsonValue value) {
        StringBuilder text = new StringBuilder();
        write(text, value);
        return text.toString();
    }

    static void write(StringBuilder out, JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> sorted = new TreeMap<>(Utf8Order.COMPARATOR);
            sorted.putAll(object.members());
            members(out, sorted, CompactJson::write);
        } else if (value instanceof JsonArray array) {
            char before = '[';
            for (JsonValue element : array.elements()) {
                out.append(before);
                write(out, element);
                before = ',';
            }
            out.append(before == '[' ? "[]" : "]");
        } else if (value instanceof JsonText text) {
            string(out, text.text());
        } else if (value instanceof JsonNumber number) {
            out.append(number.spelling());
        } else {
            out.append(value instanceof JsonTruth truth ? Boolean.toString(truth.truth()) : "null");
        }
    }

    /** An object whose members are in their order already. */
    static <T> void members(StringBuilder out, Map<String, T> members, BiConsumer<StringBuilder, T> writer) {
        char before = '{';
        for (Map.Entry<String, T> member : members.entrySet()) {
            out.append(before);
            string(out, member.getKey());
            out.append(':');
            writer.accept(out, member.getValue());
            before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(out, text.charAt(i));
        }
        out.append('"');
    }

    private static void character(StringBuilder out, char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '<', '>', '&', '\u2028', '\u2029' -> out.append(String.format("\\u%04x", (int) c));
            default -> out.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
    }
}
