package org.jangbu.web.ca;

import com.google.protobuf.ByteString;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jangbu.msp.ca.CaError;
import org.jangbu.msp.ca.CaException;
import org.jangbu.web.json.JsonStreams;
import org.jangbu.web.view.Utf8;

/** A JSON object of a request. As for Fabric CA, null is as good as nothing, and what is not asked for is not looked at. */
record CaJson(JsonObject object) {
    /** Nothing is said. */
    static final CaJson EMPTY = new CaJson(JsonValue.EMPTY_JSON_OBJECT);

    /** The object that a body holds; an empty one if there is no body. */
    static CaJson parse(ByteString body) throws CaException {
        if (body.isEmpty()) {
            return EMPTY;
        }
        try (JsonParser parser = JsonStreams.read(new StringReader(Utf8.decode(body.toByteArray())))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw bad("not a JSON object");
            }
            CaJson read = new CaJson(parser.getObject());
            if (parser.hasNext()) {
                throw bad("there is more after the JSON object");
            }
            return read;
        } catch (CharacterCodingException e) {
            throw bad("not UTF-8");
        } catch (RuntimeException e) {
            // Parsers tell in many ways: broken text, a text that ends too early, and, in no class of their own, one
            // too deep.
            throw bad("not JSON");
        }
    }

    private Optional<JsonValue> value(String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> value != JsonValue.NULL);
    }

    /** A string; empty if it is not there. */
    Optional<String> text(String name) throws CaException {
        Optional<JsonValue> value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof JsonString text) {
            return Optional.of(checked(name, text.getString()));
        }
        throw bad("'" + name + "' must be a string");
    }

    /** A string, or the empty one. */
    String textOrEmpty(String name) throws CaException {
        return text(name).orElse("");
    }

    Optional<Integer> number(String name) throws CaException {
        Optional<JsonValue> value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (value.get() instanceof JsonNumber number && number.isIntegral()) {
                return Optional.of(number.intValueExact());
            }
        } catch (ArithmeticException e) {
            throw bad("'" + name + "' is too large");
        }
        throw bad("'" + name + "' must be a whole number");
    }

    boolean flag(String name) throws CaException {
        Optional<JsonValue> value = value(name);
        if (value.isEmpty() || value.get() == JsonValue.FALSE) {
            return false;
        }
        if (value.get() == JsonValue.TRUE) {
            return true;
        }
        throw bad("'" + name + "' must be true or false");
    }

    /** The objects of an array; empty if it is not there. */
    Optional<List<CaJson>> objects(String name) throws CaException {
        Optional<JsonArray> array = array(name);
        if (array.isEmpty()) {
            return Optional.empty();
        }
        List<CaJson> objects = new ArrayList<>();
        for (JsonValue value : array.get()) {
            if (!(value instanceof JsonObject object)) {
                throw bad("'" + name + "' must hold objects");
            }
            objects.add(new CaJson(object));
        }
        return Optional.of(objects);
    }

    /** The strings of an array; none if it is not there. */
    List<String> texts(String name) throws CaException {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : array(name).orElse(JsonValue.EMPTY_JSON_ARRAY)) {
            if (!(value instanceof JsonString text)) {
                throw bad("'" + name + "' must hold strings");
            }
            texts.add(checked(name, text.getString()));
        }
        return texts;
    }

    private Optional<JsonArray> array(String name) throws CaException {
        Optional<JsonValue> value = value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof JsonArray array) {
            return Optional.of(array);
        }
        throw bad("'" + name + "' must be an array");
    }

    /** Half surrogate pairs can be written in JSON and nowhere else. */
    private static String checked(String name, String text) throws CaException {
        try {
            Utf8.encode(text);
            return text;
        } catch (CharacterCodingException e) {
            throw bad("'" + name + "' holds half a surrogate pair");
        }
    }

    static CaException bad(String reason) {
        return CaException.of(400, CaError.BAD_BODY, "Invalid request body: " + reason);
    }
}
