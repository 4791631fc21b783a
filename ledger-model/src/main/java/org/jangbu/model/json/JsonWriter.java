package org.jangbu.model.json;

import java.util.Map;
import java.util.TreeMap;
import org.jangbu.model.Utf8Order;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;

/**
 * Writes JSON in one of its {@linkplain JsonForm forms}. Whoever writes closes what it opens; {@link #mark} and {@link #reset} take back what
 * turned out to be no good.
 */
public final class JsonWriter {
    private final StringBuilder out = new StringBuilder();
    private final JsonForm form;
    private final int longest;
    private int depth;
    private boolean first = true;

    /** Writes indented, up to a number of characters. */
    JsonWriter(int longest) {
        this(JsonForm.INDENTED, longest);
    }

    private JsonWriter(JsonForm form, int longest) {
        this.form = form;
        this.longest = longest;
    }

    /** One value as an indented text with a line feed at its end. */
    public static String text(JsonValue value) {
        return text(value, JsonForm.INDENTED) + '\n';
    }

    /** One value as a text, without a line feed at its end. */
    public static String text(JsonValue value, JsonForm form) {
        JsonWriter writer = new JsonWriter(form, Integer.MAX_VALUE);
        writer.write(value);
        return writer.out.toString();
    }

    /** Whether more was written than allowed; the text is then of no use. */
    boolean full() {
        return out.length() > longest;
    }

    int depth() {
        return depth;
    }

    /** The text, with a line feed at its end. */
    public String finish() {
        return out.append('\n').toString();
    }

    /** Where the text stands. */
    record Mark(int length, int depth, boolean first) {}

    Mark mark() {
        return new Mark(out.length(), depth, first);
    }

    void reset(Mark mark) {
        out.setLength(mark.length());
        depth = mark.depth();
        first = mark.first();
    }

    void open(char bracket) {
        out.append(bracket);
        depth++;
        first = true;
    }

    void close(char bracket) {
        depth--;
        if (!first) {
            newLine();
        }
        out.append(bracket);
        first = false;
    }

    /** What comes next is an element. */
    void element() {
        if (!first) {
            out.append(',');
        }
        newLine();
        first = false;
    }

    /** What comes next is the member of that name. */
    void member(String name) {
        element();
        string(name);
        out.append(form.isIndented() ? ": " : ":");
    }

    /** A number or a word. */
    void bare(String text) {
        out.append(text);
    }

    void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    private void write(JsonValue value) {
        if (value instanceof JsonObject object) {
            open('{');
            members(object).forEach((name, member) -> {
                member(name);
                write(member);
            });
            close('}');
        } else if (value instanceof JsonArray array) {
            open('[');
            array.elements().forEach(element -> {
                element();
                write(element);
            });
            close(']');
        } else if (value instanceof JsonText text) {
            string(text.text());
        } else {
            bare(word(value));
        }
    }

    private Map<String, JsonValue> members(JsonObject object) {
        if (!form.isSorted()) {
            return object.members();
        }
        Map<String, JsonValue> sorted = new TreeMap<>(Utf8Order.COMPARATOR);
        sorted.putAll(object.members());
        return sorted;
    }

    private static String word(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return number.spelling();
        }
        return value instanceof JsonTruth truth ? Boolean.toString(truth.truth()) : "null";
    }

    private void character(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (form.escapes(c)) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }

    private void newLine() {
        if (form.isIndented()) {
            out.append('\n').append("\t".repeat(depth));
        }
    }
}
