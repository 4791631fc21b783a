package org.jangbu.web.rest;

import com.google.protobuf.ByteString;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jangbu.msp.client.Invocation;
import org.jangbu.web.view.Utf8;
import org.jspecify.annotations.Nullable;

/** Reads {@code {"function": …, "args": […], "transient": {…}, "init": …}}. */
@Provider
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
public class InvocationReader implements MessageBodyReader<Invocation> {
    @Inject
    Limits limits;

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == Invocation.class;
    }

    @Override
    public Invocation readFrom(
            Class<Invocation> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return parse(BoundedBody.read(body, limits.jsonBytes()), limits);
    }

    static Invocation parse(byte[] body, Limits limits) {
        Collected collected = new Collected();
        StrictJson.object(body, (name, json) -> collected.take(name, json, limits));
        if (collected.function == null) {
            throw StrictJson.missing("function");
        }
        return new Invocation(collected.function, collected.args, collected.transientData, collected.init);
    }

    /** What has been read so far. */
    private static final class Collected {
        private @Nullable ByteString function;
        private List<ByteString> args = new ArrayList<>();
        private final Map<String, ByteString> transientData = new LinkedHashMap<>();
        private boolean init;

        boolean take(String name, StrictJson json, Limits limits) {
            switch (name) {
                case "function" -> function = json.content("function");
                case "args" -> args = json.contents("args", count -> limits.checkArguments("args", count));
                case "transient" -> json.nested("transient", (key, nested) -> entry(key, nested, limits));
                case "init" -> init = json.flag("init");
                default -> {
                    return false;
                }
            }
            return true;
        }

        private boolean entry(String key, StrictJson json, Limits limits) {
            transientData.put(checked(key), json.content("transient." + key));
            limits.checkArguments("transient", transientData.size());
            return true;
        }

        /** Names go into a protobuf string, which must be UTF-8 like the rest. */
        private static String checked(String key) {
            try {
                return Utf8.encode(key).toStringUtf8();
            } catch (CharacterCodingException e) {
                throw StrictJson.notText("transient");
            }
        }
    }
}
