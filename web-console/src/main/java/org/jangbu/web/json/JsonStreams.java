package org.jangbu.web.json;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.util.Map;

/** JSON in and out, by one provider: {@link jakarta.json.Json} searches the class path for it at every call. */
public final class JsonStreams {
    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());
    private static final JsonGeneratorFactory GENERATORS = PROVIDER.createGeneratorFactory(Map.of());

    private JsonStreams() {}

    /** Reads JSON; whoever asked closes it. */
    public static JsonParser read(Reader text) {
        return PARSERS.createParser(text);
    }

    /** Writes JSON in UTF-8; whoever asked closes it. */
    public static JsonGenerator write(OutputStream bytes) {
        return GENERATORS.createGenerator(bytes);
    }

    /** Writes JSON as text; whoever asked closes it. */
    public static JsonGenerator write(Writer text) {
        return GENERATORS.createGenerator(text);
    }
}
