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

    /** Type name in the metadata of an approval, which is a definition without its sequence. */
    public static final String PARAMETERS_TYPE = "ChaincodeParameters";

    /** Type name in the metadata of what an organisation runs for an approval, and its one field. */
    public static final String LOCAL_PACKAGE_TYPE = "ChaincodeLocalPackage";

    public static final String PACKAGE_ID = "PackageID";

    /** Where definitions and approvals stand. */
    public static final String NAMESPACES = "namespaces";

    /** Where the packages of approvals stand. */
    public static final String SOURCES = "chaincode-sources";

    private LifecycleKeys() {}

    /** Key of the definition's metadata. */
    public static StateKey metadata(ChaincodeName name) {
        return new StateKey(NAMESPACE, metadata(NAMESPACES, name.value()));
    }

    /** Key of one field of the definition; the field {@link #SEQUENCE} is read by every endorsed transaction of the chaincode. */
    public static StateKey field(ChaincodeName name, String field) {
        return new StateKey(NAMESPACE, field(NAMESPACES, name.value(), field));
    }

    /** Under which name an organisation keeps its approval of a definition. */
    public static String approval(String chaincode, long sequence) {
        return chaincode + "#" + sequence;
    }

    /** Key of the metadata of anything {@code _lifecycle} keeps, public or private. */
    public static String metadata(String space, String name) {
        return space + "/metadata/" + name;
    }

    /** Key of a field of anything {@code _lifecycle} keeps, public or private. */
    public static String field(String space, String name, String field) {
        return space + "/fields/" + name + "/" + field;
    }
}
