package org.jangbu.web.contract;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.web.contract.ContractFunction.Parameter;
import org.jangbu.web.contract.ContractFunction.Way;

/** Writes what a contract says of itself as a document of OpenAPI 3.0: an address for each function, with its parameters by name. */
final class OpenApiDocument {
    private final ChannelId channel;
    private final ChaincodeName chaincode;
    private final ContractDescription contract;
    private final Set<String> operations = new HashSet<>();

    private OpenApiDocument(ChannelId channel, ChaincodeName chaincode, ContractDescription contract) {
        this.channel = channel;
        this.chaincode = chaincode;
        this.contract = contract;
    }

    static JsonObject of(ChannelId channel, ChaincodeName chaincode, ContractDescription contract) {
        return new OpenApiDocument(channel, chaincode, contract).document();
    }

    private JsonObject document() {
        Json.Members paths = Json.members();
        contract.functions().forEach(function -> paths.with(path(function), item(function)));
        Json.Members schemas = OpenApiAnswers.own();
        contract.schemas().forEach(schemas::with);
        return Json.members()
                .with("openapi", "3.0.3")
                .with("info", info())
                .with(
                        "servers",
                        new JsonArray(List.of(Json.members().with("url", "/").object())))
                .with("security", security())
                .with("tags", tags())
                .with("paths", paths.object())
                .with(
                        "components",
                        Json.members()
                                .with("schemas", schemas.object())
                                .with("securitySchemes", schemes())
                                .object())
                .object();
    }

    private JsonObject info() {
        String left = contract.unnamed() == 0
                ? ""
                : " " + contract.unnamed()
                        + " more cannot stand in an address by their names; they are called by …/submit and …/evaluate.";
        return Json.members()
                .with("title", contract.title().isBlank() ? chaincode.value() : contract.title())
                .with("version", contract.version().isBlank() ? "unknown" : contract.version())
                .with(
                        "description",
                        "The functions of the chaincode " + chaincode + " on the channel " + channel
                                + ", as the contract itself describes them." + left)
                .object();
    }

    private JsonArray tags() {
        return new JsonArray(contract.contracts().stream()
                .<JsonValue>map(name -> Json.members().with("name", name).object())
                .toList());
    }

    private static JsonArray security() {
        return new JsonArray(List.of(
                Json.members().with("basic", new JsonArray(List.of())).object(),
                Json.members().with("bearer", new JsonArray(List.of())).object()));
    }

    private static JsonObject schemes() {
        return Json.members()
                .with(
                        "basic",
                        Json.members()
                                .with("type", "http")
                                .with("scheme", "basic")
                                .object())
                .with(
                        "bearer",
                        Json.members()
                                .with("type", "http")
                                .with("scheme", "bearer")
                                .object())
                .object();
    }

    private String path(ContractFunction function) {
        // A plus is a space in forms only; here it would be a plus.
        String name = URLEncoder.encode(function.address(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
        return "/api/v1/channels/" + channel + "/chaincodes/" + chaincode + "/functions/" + name;
    }

    private JsonObject item(ContractFunction function) {
        boolean submits = function.way() == Way.SUBMIT;
        Json.Members operation = Json.members()
                .with("operationId", operationId(function))
                .with("tags", Json.texts(List.of(function.contract())))
                .with(
                        "summary",
                        submits
                                ? "Run " + function.name() + ", have its writes ordered and wait for the commit"
                                : "Run " + function.name() + " on one peer; nothing is written")
                .with("parameters", parameters(submits));
        if (!function.parameters().isEmpty()) {
            operation.with("requestBody", body(function.parameters()));
        }
        return Json.members()
                .with(
                        "post",
                        operation
                                .with("responses", OpenApiAnswers.of(function, submits))
                                .object())
                .object();
    }

    private String operationId(ContractFunction function) {
        String plain = function.address().replaceAll("[^A-Za-z0-9_]", "_");
        String fresh = plain;
        for (int number = 2; !operations.add(fresh); number++) {
            fresh = plain + "_" + number;
        }
        return fresh;
    }

    private static JsonArray parameters(boolean submits) {
        List<JsonValue> parameters = new ArrayList<>();
        parameters.add(query(
                "call",
                "submit or evaluate, where the contract's own word for this function shall not count",
                Json.members().with("type", "string").with("enum", Json.texts(List.of("submit", "evaluate")))));
        if (submits) {
            parameters.add(query(
                    "wait",
                    "Seconds to wait for the commit; the server's limit unless told",
                    Json.members().with("type", "integer")));
        }
        return new JsonArray(parameters);
    }

    private static JsonObject query(String name, String description, Json.Members schema) {
        return Json.members()
                .with("name", name)
                .with("in", "query")
                .with("description", description)
                .with("schema", schema.object())
                .object();
    }

    private static JsonObject body(List<Parameter> parameters) {
        Json.Members properties = Json.members();
        for (Parameter parameter : parameters) {
            properties.with(parameter.name(), described(parameter));
        }
        JsonObject schema = Json.members()
                .with("type", "object")
                .with("properties", properties.object())
                .with(
                        "required",
                        Json.texts(parameters.stream().map(Parameter::name).toList()))
                .with("additionalProperties", Json.truth(false))
                .object();
        return Json.members()
                .with("required", Json.truth(true))
                .with("content", OpenApiAnswers.json(schema))
                .object();
    }

    /** Beside a reference a description counts for nothing, so it stands around it. */
    private static JsonObject described(Parameter parameter) {
        if (parameter.description().isBlank()
                || parameter.schema().member("description").isPresent()) {
            return parameter.schema();
        }
        Json.Members schema = Json.members().with("description", parameter.description());
        if (parameter.schema().member("$ref").isPresent()) {
            return schema.with("allOf", new JsonArray(List.of(parameter.schema())))
                    .object();
        }
        parameter.schema().members().forEach(schema::with);
        return schema.object();
    }
}
