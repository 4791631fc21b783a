package org.jangbu.peer.lifecycle.node;

import java.util.Optional;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;

/** In what two definitions of a chaincode differ. */
final class DefinitionDifference {
    private DefinitionDifference() {}

    /** The first parameter that differs, in Fabric's words; empty if they are the same but for the sequence. */
    static Optional<String> between(ChaincodeDefinition current, ChaincodeDefinition wanted) {
        if (!current.endorsementPlugin().equals(wanted.endorsementPlugin())) {
            return said("EndorsementPlugin", current.endorsementPlugin(), wanted.endorsementPlugin());
        }
        if (current.initRequired() != wanted.initRequired()) {
            return said(
                    "InitRequired", Boolean.toString(current.initRequired()), Boolean.toString(wanted.initRequired()));
        }
        if (!current.version().equals(wanted.version())) {
            return said("Version", current.version(), wanted.version());
        }
        if (!current.validationPlugin().equals(wanted.validationPlugin())) {
            return said("ValidationPlugin", current.validationPlugin(), wanted.validationPlugin());
        }
        if (!current.validationParameter().equals(wanted.validationParameter())) {
            return Optional.of("ValidationParameter differs");
        }
        return current.collections().equals(wanted.collections())
                ? Optional.empty()
                : Optional.of("Collections do not match");
    }

    private static Optional<String> said(String parameter, String current, String wanted) {
        return Optional.of(parameter + " '" + current + "' != '" + wanted + "'");
    }
}
