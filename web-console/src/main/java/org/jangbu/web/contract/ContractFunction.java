package org.jangbu.web.contract;

import java.util.List;
import java.util.Optional;
import org.jangbu.model.json.JsonValue.JsonObject;

/**
 * A function of a contract.
 *
 * @param contract the contract's name within the chaincode
 * @param isDefault whether its functions are found without that name
 * @param returns the schema of its result; empty where the contract does not say
 */
record ContractFunction(
        String contract,
        String name,
        boolean isDefault,
        Way way,
        List<Parameter> parameters,
        Optional<JsonObject> returns) {
    ContractFunction {
        parameters = List.copyOf(parameters);
    }

    /** How it is meant to be called. */
    enum Way {
        SUBMIT,
        EVALUATE
    }

    /** One of its parameters; names are distinct within a function. */
    record Parameter(String name, String description, JsonObject schema) {}

    /** What stands for it in addresses and is sent to the contract. */
    String address() {
        return isDefault ? name : qualifiedName();
    }

    String qualifiedName() {
        return contract + ":" + name;
    }
}
