package org.jangbu.web.rest;

import com.google.protobuf.ByteString;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import org.jangbu.model.Quoted;
import org.jangbu.web.json.JsonStreams;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.view.Utf8;

/**
 * Reads JSON of a known shape from beginning to end and refuses all else: unknown or doubled members, other types, bytes that are not UTF-8,
 * half surrogate pairs. Nesting costs nothing, since a value of the wrong kind is refused where it opens.
 */
final class StrictJson {
    private final JsonParser parser;
    private Event current = Event.VALUE_NULL;

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    /** Hands the members of the one object that {@code body} must hold to {@code members}, by name. */
    static void object(byte[] body, Members members) {
        try (JsonParser parser = JsonStreams.read(new StringReader(Utf8.decode(body)))) {
            StrictJson json = new StrictJson(parser);
            json.expect(Event.START_OBJECT, "body");
            json.members("", members);
            if (parser.hasNext()) {
                throw invalid("body", "there is more after the JSON object");
            }
        } catch (CharacterCodingException e) {
            throw malformed("the body is not UTF-8");
        } catch (JsonParsingException e) {
            throw malformed("not JSON at line " + e.getLocation().getLineNumber() + ", column "
                    + e.getLocation().getColumnNumber());
        } catch (NoSuchElementException | IllegalStateException e) {
            throw malformed("the body is empty or breaks off");
        }
    }

    /** Takes the value of one member. */
    @FunctionalInterface
    interface Members {
        /** Reads the member's value and says whether the member is known at all. */
        boolean read(String name, StrictJson json);
    }

    /** Bytes: a string stands for its UTF-8, an object {@code {"base64": "…"}} for what it encodes. */
    ByteString content(String path) {
        return content(path, parser.next());
    }

    /** An array of bytes; {@code counted} is told the count as it grows and may refuse. */
    List<ByteString> contents(String path, Consumer<Integer> counted) {
        expect(Event.START_ARRAY, path);
        List<ByteString> contents = new ArrayList<>();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            contents.add(content(path + "[" + contents.size() + "]", event));
            counted.accept(contents.size());
        }
        return contents;
    }

    boolean flag(String path) {
        Event event = parser.next();
        if (event != Event.VALUE_TRUE && event != Event.VALUE_FALSE) {
            throw invalid(path, "must be a boolean, not " + kind(event));
        }
        return event == Event.VALUE_TRUE;
    }

    /** A value that is not what it should be. */
    static RuntimeException refused(String path, String rule) {
        return invalid(path, rule);
    }

    /** An object's members. */
    void nested(String path, Members members) {
        expect(Event.START_OBJECT, path);
        members(path + ".", members);
    }

    /** Is told how many entries there are so far, and may refuse. */
    @FunctionalInterface
    interface Counted {
        void count(int entries);
    }

    /** Takes an entry of an array; its first event is the parser's present one. */
    @FunctionalInterface
    interface Entries {
        void read(String path);
    }

    /** An array, entry by entry: objects by {@link #currentMembers}, texts by {@link #currentText}. */
    void each(String path, Counted counted, Entries entries) {
        expect(Event.START_ARRAY, path);
        int count = 0;
        for (current = parser.next(); current != Event.END_ARRAY; current = parser.next()) {
            entries.read(path + "[" + count + "]");
            counted.count(++count);
        }
    }

    /** The text that is the present entry. */
    String currentText(String path) {
        require(Event.VALUE_STRING, current, path);
        return utf8(path, parser.getString()).toStringUtf8();
    }

    /** The members of the object that is the present entry. */
    void currentMembers(String path, Members members) {
        require(Event.START_OBJECT, current, path);
        members(path + ".", members);
    }

    /** Text. */
    String text(String path) {
        expect(Event.VALUE_STRING, path);
        return utf8(path, parser.getString()).toStringUtf8();
    }

    /** A whole number within bounds. */
    long number(String path, long least, long most) {
        expect(Event.VALUE_NUMBER, path);
        try {
            long number = parser.isIntegralNumber() ? parser.getBigDecimal().longValueExact() : least - 1;
            if (number >= least && number <= most) {
                return number;
            }
        } catch (ArithmeticException e) {
            throw invalid(path, "is a whole number from " + least + " to " + most);
        }
        throw invalid(path, "is a whole number from " + least + " to " + most);
    }

    /** Bytes in Base64. */
    ByteString base64(String path) {
        expect(Event.VALUE_STRING, path);
        return decode(path, parser.getString());
    }

    /** A member that is needed but was not there. */
    static RuntimeException missing(String name) {
        return invalid(name, "is missing");
    }

    /** A text that no UTF-8 can stand for. */
    static RuntimeException notText(String path) {
        return invalid(path, "holds half a surrogate pair, which no UTF-8 can stand for");
    }

    private void members(String prefix, Members members) {
        Set<String> seen = new HashSet<>();
        for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            String name = parser.getString();
            if (!seen.add(name)) {
                throw invalid(prefix + name, "stands there twice");
            }
            if (!members.read(name, this)) {
                throw invalid(prefix + name, "is not known here");
            }
        }
    }

    private ByteString content(String path, Event event) {
        if (event == Event.VALUE_STRING) {
            return utf8(path, parser.getString());
        }
        if (event != Event.START_OBJECT) {
            throw invalid(path, "must be a string or {\"base64\": \"…\"}, not " + kind(event));
        }
        List<ByteString> bytes = new ArrayList<>(1);
        members(path + ".", (name, json) -> name.equals("base64") && bytes.add(json.base64(path + ".base64")));
        if (bytes.isEmpty()) {
            throw missing(path + ".base64");
        }
        return bytes.get(0);
    }

    private void expect(Event wanted, String path) {
        require(wanted, parser.next(), path);
    }

    private static void require(Event wanted, Event event, String path) {
        if (event != wanted) {
            throw invalid(path, "must be " + kind(wanted) + ", not " + kind(event));
        }
    }

    private static ByteString utf8(String path, String text) {
        try {
            return Utf8.encode(text);
        } catch (CharacterCodingException e) {
            throw notText(path);
        }
    }

    private static ByteString decode(String path, String text) {
        try {
            return ByteString.copyFrom(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw invalid(path, "is not Base64");
        }
    }

    private static String kind(Event event) {
        return switch (event) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "the end";
        };
    }

    private static RuntimeException invalid(String member, String rule) {
        return Problem.of(ProblemCode.INVALID_BODY, Quoted.brief(member) + " " + rule)
                .with("member", Quoted.brief(member))
                .exception();
    }

    private static RuntimeException malformed(String detail) {
        return Problem.of(ProblemCode.MALFORMED_JSON, detail).exception();
    }
}
