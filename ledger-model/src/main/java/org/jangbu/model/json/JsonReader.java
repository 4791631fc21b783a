package org.jangbu.model.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNull;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;

/**
 * Reads JSON by the book (RFC 8259) and no further: no comments, no trailing commas. A name that occurs twice, half a surrogate pair and
 * whatever exceeds the limits are refused, since what two readers understand differently must not be signed.
 */
public final class JsonReader {
    private static final JsonNull NULL = new JsonNull();

    private final String text;
    private final JsonLimits limits;
    private int at;
    private int values;

    private JsonReader(String text, JsonLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    /** Reads one value from UTF-8. */
    public static JsonValue read(byte[] utf8, JsonLimits limits) throws JsonSyntaxException {
        try {
            return read(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(utf8))
                            .toString(),
                    limits);
        } catch (CharacterCodingException e) {
            throw new JsonSyntaxException("the text is not UTF-8");
        }
    }

    /** Reads one value, with nothing but white space around it. */
    public static JsonValue read(String text, JsonLimits limits) throws JsonSyntaxException {
        JsonReader reader = new JsonReader(text, limits);
        JsonValue value = reader.value(0);
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.refused("something follows the value");
        }
        return value;
    }

    private JsonValue value(int depth) throws JsonSyntaxException {
        skipSpace();
        if (++values > limits.values()) {
            throw refused("more than " + limits.values() + " values");
        }
        if (depth > limits.depth()) {
            throw refused("deeper than " + limits.depth() + " levels");
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new JsonText(string());
            case 't' -> word("true", new JsonTruth(true));
            case 'f' -> word("false", new JsonTruth(false));
            case 'n' -> word("null", NULL);
            default -> number();
        };
    }

    private JsonObject object(int depth) throws JsonSyntaxException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        at++;
        skipSpace();
        if (taken('}')) {
            return new JsonObject(members);
        }
        do {
            skipSpace();
            if (peek() != '"') {
                throw refused("a member's name is missing");
            }
            String name = string();
            skipSpace();
            if (!taken(':')) {
                throw refused("a colon is missing");
            }
            if (members.containsKey(name)) {
                throw refused("a member occurs twice");
            }
            members.put(name, value(depth + 1));
            skipSpace();
        } while (taken(','));
        if (!taken('}')) {
            throw refused("an object does not end");
        }
        return new JsonObject(members);
    }

    private JsonArray array(int depth) throws JsonSyntaxException {
        List<JsonValue> elements = new ArrayList<>();
        at++;
        skipSpace();
        if (taken(']')) {
            return new JsonArray(elements);
        }
        do {
            elements.add(value(depth + 1));
            skipSpace();
        } while (taken(','));
        if (!taken(']')) {
            throw refused("an array does not end");
        }
        return new JsonArray(elements);
    }

    private String string() throws JsonSyntaxException {
        at++;
        StringBuilder content = new StringBuilder();
        while (true) {
            if (at >= text.length()) {
                throw refused("a string does not end");
            }
            char c = text.charAt(at++);
            if (c == '"') {
                break;
            }
            if (c < ' ') {
                throw refused("a control character in a string");
            }
            content.append(c == '\\' ? escaped() : c);
        }
        String whole = content.toString();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(whole)) {
            throw refused("half a surrogate pair in a string");
        }
        return whole;
    }

    private char escaped() throws JsonSyntaxException {
        char c = at < text.length() ? text.charAt(at++) : 0;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hexDigit() << 12 | hexDigit() << 8 | hexDigit() << 4 | hexDigit());
            default -> throw refused("an unknown escape in a string");
        };
    }

    private int hexDigit() throws JsonSyntaxException {
        char c = at < text.length() ? text.charAt(at++) : 0;
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw refused("an escape without four hexadecimal digits");
        }
        return digit;
    }

    private JsonNumber number() throws JsonSyntaxException {
        int start = at;
        taken('-');
        if (!taken('0') && digits() == 0) {
            throw refused("no value");
        }
        if (taken('.') && digits() == 0) {
            throw refused("a number without digits after its point");
        }
        if (taken('e') || taken('E')) {
            if (!taken('+')) {
                taken('-');
            }
            if (digits() == 0) {
                throw refused("a number without digits in its exponent");
            }
        }
        return new JsonNumber(text.substring(start, at));
    }

    private int digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at - start;
    }

    private JsonValue word(String word, JsonValue value) throws JsonSyntaxException {
        if (!text.startsWith(word, at)) {
            throw refused("no value");
        }
        at += word.length();
        return value;
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            at++;
        }
    }

    /** The next character, or U+0000, which stands nowhere in JSON, at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean taken(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private JsonSyntaxException refused(String why) {
        int end = Math.min(at, text.length());
        long line = 1 + text.substring(0, end).chars().filter(c -> c == '\n').count();
        int column = end - text.lastIndexOf('\n', Math.max(0, end - 1));
        return new JsonSyntaxException("no JSON at line " + line + ", column " + column + ": " + why);
    }
}
