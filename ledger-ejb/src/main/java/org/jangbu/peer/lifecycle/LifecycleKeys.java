package org.jangbu.peer.lifecycle;

import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ChaincodeName;

/**
 * Where {@code _lifecycle} keeps a chaincode's definition, as Fabric lays it out: {@code namespaces/metadata/<name>} says which fields there
 * are, {@code namespaces/fields/<name>/<field>} holds each.
 */
public final class LifecycleKeys {
    /** The namespace of the state. */
    public static final String NAMESPACE = ChaincodeName.LIFECYCLE.value();

    /** Fields of a definition, in the order of Fabric's own structure. */
    public static final String SEQUENCE = "Sequence";

    public static final String ENDORSEMENT_INFO = "EndorsementInfo";
    public static final String VALIDATION_INFO = "ValidationInfo";
    public static final String COLLECTIONS = "Collections";

    /** Type name in the metadata of a definition. */
    public static final String DEFINITION_TYPE = "ChaincodeDefinition";

    private static final String METADATA_PREFIX = "namespaces/metadata/";
    private static final String FIELDS_PREFIX = "namespaces/fields/";

    private LifecycleKeys() {}

    /** Key of the definition's metadata. */
    public static StateKey metadata(ChaincodeName name) {
        return new StateKey(NAMESPACE, METADATA_PREFIX + name);
    }

    /** Key of one field of the definition; the field {@link #SEQUENCE} is read by every endorsed transaction of the chaincode. */
    public static StateKey field(ChaincodeName name, String field) {
        return new StateKey(NAMESPACE, FIELDS_PREFIX + name + "/" + field);
    }
}
