package org.jangbu.web.ca;

import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.jangbu.msp.ca.CaException;
import org.jangbu.web.json.JsonStreams;

/**
 * An answer in Fabric CA's wrapper: {@code result}, {@code errors}, {@code messages}, {@code success}.
 *
 * @param result writes the value of that name
 * @param note something that the caller should know although all is well; empty for nothing
 * @param location where what was made is found; empty for nowhere
 */
record CaAnswer(int status, Consumer<JsonGenerator> result, String note, String location) {
    static CaAnswer ok(Consumer<JsonGenerator> members) {
        return of(200, members);
    }

    static CaAnswer created(Consumer<JsonGenerator> members) {
        return of(201, members);
    }

    private static CaAnswer of(int status, Consumer<JsonGenerator> members) {
        return new CaAnswer(
                status,
                json -> {
                    json.writeStartObject("result");
                    members.accept(json);
                    json.writeEnd();
                },
                "",
                "");
    }

    CaAnswer withNote(String text) {
        return new CaAnswer(status, result, text, location);
    }

    CaAnswer at(String place) {
        return new CaAnswer(status, result, note, place);
    }

    byte[] bytes() {
        return bytes(result, Optional.empty(), note);
    }

    /** What a caller is told who is refused. */
    static byte[] refusal(CaException refusal) {
        return bytes(json -> json.write("result", ""), Optional.of(refusal), "");
    }

    private static byte[] bytes(Consumer<JsonGenerator> result, Optional<CaException> refusal, String note) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonStreams.write(bytes)) {
            json.writeStartObject();
            result.accept(json);
            json.writeStartArray("errors");
            refusal.ifPresent(error -> message(json, error.remoteError().code(), error.remoteMessage()));
            json.writeEnd().writeStartArray("messages");
            if (!note.isEmpty()) {
                message(json, 0, note);
            }
            json.writeEnd().write("success", refusal.isEmpty()).writeEnd();
        }
        return bytes.toByteArray();
    }

    private static void message(JsonGenerator json, int code, String text) {
        json.writeStartObject().write("code", code).write("message", text).writeEnd();
    }
}
