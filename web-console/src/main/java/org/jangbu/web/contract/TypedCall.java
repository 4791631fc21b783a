package org.jangbu.web.contract;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jangbu.model.Quoted;
import org.jangbu.model.json.JsonForm;
import org.jangbu.model.json.JsonLimits;
import org.jangbu.model.json.JsonReader;
import org.jangbu.model.json.JsonSyntaxException;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonNumber;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;
import org.jangbu.model.json.JsonWriter;
import org.jangbu.msp.client.Invocation;
import org.jangbu.web.contract.ContractFunction.Parameter;
import org.jangbu.web.contract.ContractFunction.Way;
import org.jangbu.web.contract.SchemaCheck.Violation;
import org.jangbu.web.problem.Problem;
import org.jangbu.web.problem.ProblemCode;
import org.jangbu.web.view.Content;

/** A call of a function with its arguments by name, and what its result is by the contract's word. */
public final class TypedCall {
    private static final int MOST_VALUES = 200_000;
    private static final int DEEPEST = 64;

    private final ContractFunction function;
    private final SchemaCheck check;

    TypedCall(ContractFunction function, Map<String, JsonObject> schemas) {
        this.function = function;
        this.check = new SchemaCheck(schemas);
    }

    /** The arguments that somebody has sent: one object, or nothing at all for a function that takes none. */
    public static JsonObject arguments(byte[] body) {
        if (body.length == 0) {
            return Json.EMPTY;
        }
        try {
            if (JsonReader.read(body, new JsonLimits(DEEPEST, MOST_VALUES, body.length)) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonSyntaxException e) {
            throw Problem.of(ProblemCode.MALFORMED_JSON, String.valueOf(e.getMessage()))
                    .exception();
        }
        throw Problem.of(ProblemCode.INVALID_BODY, "the body must be an object with the arguments by name")
                .with("member", "body")
                .exception();
    }

    /** Whether its writes are meant to be ordered. */
    public boolean submits() {
        return function.way() == Way.SUBMIT;
    }

    /** The call as the contract takes it. Throws the problem {@code invalid-body} that names the argument which is not what the contract says. */
    public Invocation invocation(JsonObject arguments) {
        Set<String> names = function.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        for (String name : arguments.members().keySet()) {
            if (!names.contains(name)) {
                throw refused(name, "is not known here");
            }
        }
        List<ByteString> args = new ArrayList<>();
        for (Parameter parameter : function.parameters()) {
            JsonValue value = arguments.members().get(parameter.name());
            if (value == null) {
                throw refused(parameter.name(), "is missing");
            }
            Optional<Violation> violation = check.check(parameter.name(), parameter.schema(), value);
            if (violation.isPresent()) {
                throw refused(violation.get().path(), violation.get().rule());
            }
            args.add(ByteString.copyFromUtf8(text(parameter.schema(), value)));
        }
        return new Invocation(ByteString.copyFromUtf8(function.address()), args, Map.of());
    }

    /** An argument as Fabric's contract APIs read it: text as it is, everything else as JSON. */
    private String text(JsonObject schema, JsonValue value) {
        if (value instanceof JsonText text) {
            return text.text();
        }
        boolean whole = check.resolved(schema)
                .flatMap(resolved -> Json.text(resolved, "type"))
                .filter("integer"::equals)
                .isPresent();
        // 1.0 and 1e3 are whole numbers in JSON; the contract's parser of whole numbers knows digits only.
        return whole && value instanceof JsonNumber number
                ? Json.decimal(number)
                        .map(decimal -> decimal.toBigInteger().toString())
                        .orElseThrow()
                : JsonWriter.text(value, JsonForm.LINE);
    }

    /**
     * The answer to whoever called.
     *
     * @param around members before the result, in order: text, whole numbers
     */
    public byte[] answer(Map<String, Object> around, Content result) {
        Json.Members answer = Json.members();
        around.forEach((name, value) -> answer.with(
                name,
                value instanceof Long number ? new JsonNumber(number.toString()) : new JsonText(value.toString())));
        Optional<JsonValue> typed = function.returns().flatMap(schema -> typed(schema, result));
        if (typed.isPresent()) {
            answer.with("result", typed);
        } else if (function.returns().isPresent()) {
            answer.with("rawResult", content(result));
        } else if (!result.isEmpty()) {
            answer.with("result", content(result));
        }
        return JsonWriter.text(answer.object(), JsonForm.LINE).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private Optional<JsonValue> typed(JsonObject schema, Content result) {
        boolean text = check.resolved(schema)
                .flatMap(resolved -> Json.text(resolved, "type"))
                .filter("string"::equals)
                .isPresent();
        Optional<JsonValue> value = text ? result.text().map(JsonText::new) : json(result);
        return value.filter(found -> check.check("", schema, found).isEmpty());
    }

    private static Optional<JsonValue> json(Content result) {
        try {
            return Optional.of(JsonReader.read(
                    result.bytes().toByteArray(), new JsonLimits(DEEPEST, MOST_VALUES, Math.max(1, result.size()))));
        } catch (JsonSyntaxException e) {
            return Optional.empty();
        }
    }

    private static JsonValue content(Content content) {
        return content.text()
                .<JsonValue>map(JsonText::new)
                .orElseGet(() -> Json.members().with("base64", content.base64()).object());
    }

    private static RuntimeException refused(String member, String rule) {
        return Problem.of(ProblemCode.INVALID_BODY, Quoted.brief(member) + " " + rule)
                .with("member", Quoted.brief(member))
                .exception();
    }
}
