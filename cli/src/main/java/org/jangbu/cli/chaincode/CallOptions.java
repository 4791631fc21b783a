package org.jangbu.cli.chaincode;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jangbu.cli.run.CommandFailure;
import org.jangbu.cli.run.ExitCode;
import org.jangbu.cli.server.LedgerClient.Target;
import org.jangbu.cli.server.RestAnswer;
import org.jangbu.model.json.JsonLimits;
import org.jangbu.model.json.JsonReader;
import org.jangbu.model.json.JsonSyntaxException;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.msp.client.Invocation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is called, and with what: in Fabric's JSON, or word by word. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CallOptions {
    @Mixin
    private ChaincodeOptions chaincode;

    @Option(
            names = {"-c", "--ctor"},
            paramLabel = "JSON",
            description =
                    "The call: '{\"Args\":[\"transfer\",\"A\",\"B\",\"10\"]}', the function first or as \"function\"")
    private @Nullable String constructor;

    @Option(
            names = "--transient",
            paramLabel = "JSON",
            description = "Values that are never written to the ledger: '{\"price\":\"<Base64>\"}'")
    private @Nullable String transientJson;

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "The same as words: function and arguments")
    private List<String> words = new ArrayList<>();

    Target target() {
        return new Target(chaincode.channel(), chaincode.name());
    }

    Invocation invocation(boolean init) {
        List<String> call = constructor == null ? words : fromJson(constructor);
        if (call.isEmpty() || (constructor != null && !words.isEmpty())) {
            throw CommandFailure.of(ExitCode.USAGE, "what to call? Either --ctor or words, the function first");
        }
        return new Invocation(
                ByteString.copyFromUtf8(call.get(0)),
                call.subList(1, call.size()).stream()
                        .map(ByteString::copyFromUtf8)
                        .toList(),
                transientData(),
                init);
    }

    private static List<String> fromJson(String text) {
        JsonObject call = object(text, "--ctor");
        call.members().keySet().stream()
                .filter(member -> !Set.of("Args", "function", "Function").contains(member))
                .findFirst()
                .ifPresent(member -> {
                    throw CommandFailure.of(ExitCode.USAGE, "--ctor has no " + member);
                });
        Optional<String> function = RestAnswer.text(call, "function").or(() -> RestAnswer.text(call, "Function"));
        List<String> all = new ArrayList<>();
        function.ifPresent(all::add);
        all.addAll(RestAnswer.texts(call, "Args"));
        return all;
    }

    private Map<String, ByteString> transientData() {
        Map<String, ByteString> values = new LinkedHashMap<>();
        if (transientJson != null) {
            object(transientJson, "--transient").members().forEach((key, value) -> values.put(key, base64(value)));
        }
        return values;
    }

    private static ByteString base64(JsonValue value) {
        try {
            if (value instanceof JsonText text) {
                return ByteString.copyFrom(Base64.getDecoder().decode(text.text()));
            }
        } catch (IllegalArgumentException e) {
            throw CommandFailure.of(ExitCode.USAGE, "the values of --transient are Base64", e);
        }
        throw CommandFailure.of(ExitCode.USAGE, "the values of --transient are Base64");
    }

    private static JsonObject object(String text, String option) {
        try {
            if (JsonReader.read(text, JsonLimits.USUAL) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonSyntaxException e) {
            throw CommandFailure.of(ExitCode.USAGE, option + " is " + e.getMessage(), e);
        }
        throw CommandFailure.of(ExitCode.USAGE, option + " must be a JSON object");
    }
}
