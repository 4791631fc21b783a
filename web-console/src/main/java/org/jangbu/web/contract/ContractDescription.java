package org.jangbu.web.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jangbu.model.json.JsonValue.JsonObject;

/**
 * What a contract says of itself, in the words of an OpenAPI document.
 *
 * @param title empty where the contract has none
 * @param version the same
 * @param functions in the contract's order
 * @param schemas those that others refer to, by their names in the document
 * @param unnamed how many functions there are whose names cannot stand in an address
 */
record ContractDescription(
        String title, String version, List<ContractFunction> functions, Map<String, JsonObject> schemas, int unnamed) {
    ContractDescription {
        functions = List.copyOf(functions);
        schemas = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(schemas));
    }

    /** The function that is called so, with its contract's name in front of it or, where nothing else can be meant, without. */
    Optional<ContractFunction> function(String name) {
        return functions.stream()
                .filter(function -> function.address().equals(name)
                        || function.qualifiedName().equals(name))
                .findFirst();
    }

    /** The names of the contracts, in their order. */
    List<String> contracts() {
        List<String> names = new ArrayList<>();
        functions.stream().map(ContractFunction::contract).distinct().forEach(names::add);
        return names;
    }
}
