package org.jangbu.web.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jangbu.model.json.JsonLimits;
import org.jangbu.model.json.JsonReader;
import org.jangbu.model.json.JsonSyntaxException;
import org.jangbu.model.json.JsonValue;
import org.jangbu.model.json.JsonValue.JsonArray;
import org.jangbu.model.json.JsonValue.JsonObject;
import org.jangbu.web.contract.ContractFunction.Parameter;
import org.jangbu.web.contract.ContractFunction.Way;

/**
 * Reads metadata of Fabric's contract APIs, which differ in their details: {@code tag} or {@code tags}; a schema under {@code returns} or directly
 * so; references with or without their path; a default contract that is marked, or not.
 */
final class MetadataReader {
    /** Real metadata has some kilobytes. */
    static final int LARGEST = 256 << 10;

    private static final JsonLimits LIMITS = new JsonLimits(64, 20_000, LARGEST);
    private static final String SYSTEM_CONTRACT = "org.hyperledger.fabric";
    /** What stands in an address without question, in any script that a language takes for its names. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}_$.-]{1,200}");

    private static final Set<String> EVALUATE = Set.of("evaluate");

    private final SchemaNames names = new SchemaNames(OpenApiAnswers.OWN_SCHEMAS);
    private final SchemaTranslation translation = new SchemaTranslation(names);
    private int unnamed;

    private MetadataReader() {}

    /** @throws UnusableMetadataException if it is no metadata, or more than is taken */
    static ContractDescription read(byte[] metadata) throws UnusableMetadataException {
        if (metadata.length > LARGEST) {
            throw new UnusableMetadataException("it has more than " + LARGEST + " bytes");
        }
        try {
            if (JsonReader.read(metadata, LIMITS) instanceof JsonObject object
                    && object.member("contracts").orElse(null) instanceof JsonObject contracts) {
                return new MetadataReader().description(object, contracts);
            }
        } catch (JsonSyntaxException e) {
            throw new UnusableMetadataException("it is " + e.getMessage(), e);
        }
        throw new UnusableMetadataException("it is no object with the member contracts");
    }

    private ContractDescription description(JsonObject metadata, JsonObject contracts) {
        JsonObject info = Json.object(metadata, "info").orElse(Json.EMPTY);
        JsonObject schemas = Json.object(metadata, "components")
                .flatMap(components -> Json.object(components, "schemas"))
                .orElse(Json.EMPTY);
        // All names first: schemas refer to each other in any order.
        schemas.members().keySet().forEach(names::add);
        Map<String, JsonObject> translated = new LinkedHashMap<>();
        schemas.members().forEach((name, schema) -> translated.put(names.add(name), translation.translate(schema)));
        Map<String, JsonObject> own = contractsOf(contracts);
        Optional<String> preferred = own.size() == 1
                ? own.keySet().stream().findFirst()
                : own.entrySet().stream()
                        .filter(contract -> isDefault(contract.getValue()))
                        .map(Map.Entry::getKey)
                        .findFirst();
        List<ContractFunction> functions = new ArrayList<>();
        own.forEach((name, contract) ->
                functions.addAll(functions(name, preferred.filter(name::equals).isPresent(), contract)));
        return new ContractDescription(
                Json.text(info, "title").map(SchemaTranslation::clipped).orElse(""),
                Json.text(info, "version").map(SchemaTranslation::clipped).orElse(""),
                functions,
                translated,
                unnamed);
    }

    /** Those that somebody wrote, by their names; the shim's own describes nothing but itself. */
    private Map<String, JsonObject> contractsOf(JsonObject contracts) {
        Map<String, JsonObject> own = new LinkedHashMap<>();
        contracts.members().forEach((name, value) -> {
            if (value instanceof JsonObject contract && !name.equals(SYSTEM_CONTRACT)) {
                if (NAME.matcher(name).matches()) {
                    own.put(name, contract);
                } else {
                    unnamed += Json.elements(contract, "transactions").size();
                }
            }
        });
        return own;
    }

    private static boolean isDefault(JsonObject contract) {
        return Json.isTrue(contract, "default")
                || Json.object(contract, "contractInstance")
                        .filter(instance -> Json.isTrue(instance, "default"))
                        .isPresent();
    }

    private List<ContractFunction> functions(String contract, boolean isDefault, JsonObject said) {
        Map<String, ContractFunction> functions = new LinkedHashMap<>();
        for (JsonValue value : Json.elements(said, "transactions")) {
            Optional<String> name = value instanceof JsonObject object ? Json.text(object, "name") : Optional.empty();
            if (name.isPresent() && NAME.matcher(name.get()).matches()) {
                functions.putIfAbsent(name.get(), function(contract, name.get(), isDefault, (JsonObject) value));
            } else {
                unnamed++;
            }
        }
        return List.copyOf(functions.values());
    }

    private ContractFunction function(String contract, String name, boolean isDefault, JsonObject said) {
        Set<String> taken = new HashSet<>();
        List<Parameter> parameters = new ArrayList<>();
        for (JsonValue value : Json.elements(said, "parameters")) {
            JsonObject parameter = value instanceof JsonObject object ? object : Json.EMPTY;
            parameters.add(new Parameter(
                    fresh(Json.text(parameter, "name").orElse(""), parameters.size(), taken),
                    Json.text(parameter, "description")
                            .map(SchemaTranslation::clipped)
                            .orElse(""),
                    translation.translate(parameter.member("schema").orElse(Json.EMPTY))));
        }
        return new ContractFunction(contract, name, isDefault, way(said), parameters, returns(said));
    }

    /** Parameters are told apart by their names, whatever the contract calls them. */
    private static String fresh(String name, int position, Set<String> taken) {
        String plain = name.isEmpty() || name.length() > 200 ? "arg" + position : name;
        String fresh = plain;
        for (int number = 2; !taken.add(fresh); number++) {
            fresh = plain + "_" + number;
        }
        return fresh;
    }

    private Optional<JsonObject> returns(JsonObject said) {
        return Json.object(said, "returns")
                .map(returns -> Json.object(returns, "schema").orElse(returns))
                .map(translation::translate)
                .filter(schema -> !schema.members().isEmpty());
    }

    /** Where nothing is said, what loses no writes. */
    private static Way way(JsonObject said) {
        return tags(said).stream().anyMatch(EVALUATE::contains) ? Way.EVALUATE : Way.SUBMIT;
    }

    private static List<String> tags(JsonObject said) {
        return List.of("tag", "tags").stream()
                .flatMap(member -> said.member(member).stream())
                .flatMap(
                        value -> value instanceof JsonArray array ? array.elements().stream() : List.of(value).stream())
                .filter(JsonValue.JsonText.class::isInstance)
                .map(value -> ((JsonValue.JsonText) value).text().toLowerCase(Locale.ROOT))
                .toList();
    }
}
