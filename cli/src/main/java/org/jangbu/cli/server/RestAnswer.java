package org.jangbu.cli.server;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.model.Quoted;
import org.jangbu.model.json.JsonLimits;
import org.jangbu.model.json.JsonReader;
import org.jangbu.model.json.JsonSyntaxException;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonValue.JsonTruth;

/** An answer of the server. What it lacks is the server's fault and ends the command. */
public record RestAnswer(int status, ByteString body) {
    /** The body as an object. */
    public JsonObject object() {
        try {
            if (JsonReader.read(body.toByteArray(), JsonLimits.USUAL) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonSyntaxException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "the server's answer is " + e.getMessage(), e);
        }
        throw CommandFailure.of(ExitCode.UNUSABLE, "the server's answer is no JSON object");
    }

    /** What was refused, and why, in the server's words. */
    CommandFailure refusal() {
        Optional<JsonObject> problem = problem();
        String code = problem.flatMap(json -> text(json, "code")).orElse("");
        String reason = problem.flatMap(json ->
                        text(json, "detail").or(() -> text(json, "error")).or(() -> authority(json)))
                .orElseGet(() -> Quoted.brief(body.toString(StandardCharsets.UTF_8)));
        ExitCode exit = status == 503 || status == 502 || status == 504 ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
        String words = problem.flatMap(RestAnswer::chaincode)
                .map(said -> reason + ": " + said)
                .orElse(reason);
        CommandFailure failure =
                CommandFailure.of(exit, code.isEmpty() ? status + " " + words : words + " (" + code + ")");
        failure.with("status", Integer.toString(status));
        if (!code.isEmpty()) {
            failure.with("code", code);
        }
        problem.flatMap(json -> text(json, "transactionId")).ifPresent(id -> failure.with("transactionId", id));
        problem.flatMap(json -> text(json, "validationCode")).ifPresent(v -> failure.with("validationCode", v));
        return failure;
    }

    private Optional<JsonObject> problem() {
        try {
            return JsonReader.read(body.toByteArray(), JsonLimits.USUAL) instanceof JsonObject object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonSyntaxException e) {
            return Optional.empty();
        }
    }

    /** A certificate authority lists its errors. */
    private static Optional<String> authority(JsonObject answer) {
        return objects(answer, "errors").stream()
                .findFirst()
                .flatMap(error -> text(error, "message")
                        .map(words -> text(error, "code")
                                .map(code -> words + " [" + code + "]")
                                .orElse(words)));
    }

    private static Optional<String> chaincode(JsonObject problem) {
        return problem.member("chaincode")
                .filter(JsonObject.class::isInstance)
                .flatMap(said -> text((JsonObject) said, "message"));
    }

    /** A text member, if it is there. */
    public static Optional<String> text(JsonObject object, String name) {
        return object.member(name)
                .flatMap(value -> value instanceof JsonText text
                        ? Optional.of(text.text())
                        : value instanceof JsonNumber number ? Optional.of(number.spelling()) : Optional.empty());
    }

    /** A text member. */
    public static String required(JsonObject object, String name) {
        return text(object, name).orElseThrow(() -> lacking(name));
    }

    /** A whole number. */
    public static long number(JsonObject object, String name) {
        try {
            return Long.parseUnsignedLong(required(object, name));
        } catch (NumberFormatException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "the server's answer has no number in " + name, e);
        }
    }

    public static boolean isTrue(JsonObject object, String name) {
        return object.member(name)
                .filter(value -> value instanceof JsonTruth truth && truth.truth())
                .isPresent();
    }

    /** The objects of an array. */
    public static List<JsonObject> objects(JsonObject object, String name) {
        return elements(object, name).stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    /** The texts of an array. */
    public static List<String> texts(JsonObject object, String name) {
        return elements(object, name).stream()
                .filter(JsonText.class::isInstance)
                .map(value -> ((JsonText) value).text())
                .toList();
    }

    private static List<JsonValue> elements(JsonObject object, String name) {
        return object.member(name)
                .filter(JsonArray.class::isInstance)
                .map(value -> ((JsonArray) value).elements())
                .orElse(List.of());
    }

    /** Bytes as REST writes them: text, or an object with their Base64. */
    public static ByteString content(JsonObject object, String name) {
        Optional<JsonValue> value = object.member(name);
        if (value.isEmpty()) {
            return ByteString.EMPTY;
        }
        if (value.get() instanceof JsonText text) {
            return ByteString.copyFromUtf8(text.text());
        }
        if (value.get() instanceof JsonObject wrapped) {
            return base64(wrapped, "base64");
        }
        throw lacking(name);
    }

    /** Bytes in Base64. */
    public static ByteString base64(JsonObject object, String name) {
        try {
            return ByteString.copyFrom(Base64.getDecoder().decode(required(object, name)));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(ExitCode.UNUSABLE, "the server's answer has no Base64 in " + name, e);
        }
    }

    private static CommandFailure lacking(String name) {
        return CommandFailure.of(ExitCode.UNUSABLE, "the server's answer lacks " + name);
    }
}
