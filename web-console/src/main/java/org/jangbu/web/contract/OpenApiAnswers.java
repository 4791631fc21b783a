package org.jangbu.web.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.model.json.JsonValue.JsonText;

/** What calls of a contract's functions are answered with, for its document. */
final class OpenApiAnswers {
    private static final String CONTENT = "jangbu.Content";
    private static final String PROBLEM = "jangbu.Problem";
    /** Names of schemas that are not the contract's. */
    static final Set<String> OWN_SCHEMAS = Set.of(CONTENT, PROBLEM);

    private OpenApiAnswers() {}

    /** Those schemas. */
    static Json.Members own() {
        return Json.members().with(CONTENT, content()).with(PROBLEM, problem());
    }

    /** A body of JSON. */
    static JsonObject json(JsonObject schema) {
        return media("application/json", schema);
    }

    private static JsonObject media(String type, JsonObject schema) {
        return Json.members()
                .with(type, Json.members().with("schema", schema).object())
                .object();
    }

    static JsonObject of(ContractFunction function, boolean submits) {
        Json.Members responses = Json.members()
                .with("200", response(submits ? "It took effect" : "The result", answer(function, submits)));
        if (submits) {
            responses.with("202", response("It is ordered, but its commit was not seen in time", pending(function)));
        }
        return responses
                .with(
                        "default",
                        Json.members()
                                .with("description", "A problem")
                                .with("content", media("application/problem+json", reference(PROBLEM)))
                                .object())
                .object();
    }

    private static JsonObject response(String description, JsonObject schema) {
        return Json.members()
                .with("description", description)
                .with("content", json(schema))
                .object();
    }

    private static JsonObject answer(ContractFunction function, boolean submits) {
        Json.Members properties = Json.members().with("transactionId", string());
        List<String> required = new ArrayList<>(List.of("transactionId"));
        if (submits) {
            properties
                    .with(
                            "blockNumber",
                            Json.members()
                                    .with("type", "integer")
                                    .with("format", "int64")
                                    .object())
                    .with("validationCode", string());
            required.addAll(List.of("blockNumber", "validationCode"));
        }
        return object(results(function, properties), required);
    }

    private static JsonObject pending(ContractFunction function) {
        Json.Members properties = Json.members().with("transactionId", string());
        results(function, properties)
                .with(
                        "status",
                        Json.members()
                                .with("type", "string")
                                .with("description", "Where to ask how it ended")
                                .object());
        return object(properties, List.of("transactionId", "status"));
    }

    private static Json.Members results(ContractFunction function, Json.Members properties) {
        Optional<JsonObject> returns = function.returns();
        properties.with("result", returns.orElseGet(() -> reference(CONTENT)));
        if (returns.isPresent()) {
            properties.with(
                    "rawResult",
                    Json.members()
                            .with(
                                    "description",
                                    "In place of result, where the contract answered something else than it says")
                            .with("allOf", new JsonArray(List.of(reference(CONTENT))))
                            .object());
        }
        return properties;
    }

    private static JsonObject object(Json.Members properties, List<String> required) {
        return Json.members()
                .with("type", "object")
                .with("properties", properties.object())
                .with("required", Json.texts(required))
                .object();
    }

    private static JsonObject content() {
        JsonObject base64 = Json.members()
                .with("type", "object")
                .with(
                        "properties",
                        Json.members()
                                .with(
                                        "base64",
                                        Json.members()
                                                .with("type", "string")
                                                .with("format", "byte")
                                                .object())
                                .object())
                .with("required", Json.texts(List.of("base64")))
                .object();
        return Json.members()
                .with("description", "Bytes: text where they are printable UTF-8, else an object with their Base64")
                .with("oneOf", new JsonArray(List.of(string(), base64)))
                .object();
    }

    private static JsonObject problem() {
        Json.Members properties = Json.members();
        List<String> always = List.of("type", "title", "status", "code", "detail");
        always.forEach(name -> properties.with(
                name,
                name.equals("status") ? Json.members().with("type", "integer").object() : string()));
        properties.with("member", string()).with("transactionId", string());
        return Json.members()
                .with("description", "What went wrong (RFC 9457); GET /api/v1/problems lists all codes")
                .with("type", "object")
                .with("properties", properties.object())
                .with("required", Json.texts(always))
                .object();
    }

    private static JsonObject string() {
        return Json.members().with("type", new JsonText("string")).object();
    }

    private static JsonObject reference(String schema) {
        return Json.members().with("$ref", SchemaNames.to(schema)).object();
    }
}
