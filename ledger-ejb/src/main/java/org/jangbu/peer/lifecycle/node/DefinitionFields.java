package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeEndorsementInfo;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeValidationInfo;
import org.hyperledger.fabric.protos.peer.lifecycle.StateData;
import org.jangbu.model.ChaincodeName;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.LifecycleKeys;

/** Definitions, approvals and packages as the fields of records, in the order in which their lists of fields name them. */
final class DefinitionFields {
    private DefinitionFields() {}

    /** The fields of a committed definition. */
    static Map<String, ByteString> definition(ChaincodeDefinition definition) {
        Map<String, ByteString> fields = new LinkedHashMap<>();
        fields.put(
                LifecycleKeys.SEQUENCE,
                StateData.newBuilder().setInt64(definition.sequence()).build().toByteString());
        fields.putAll(parameters(definition));
        return fields;
    }

    /** What organisations approve: a definition but for its sequence, which is part of the record's name. */
    static Map<String, ByteString> parameters(ChaincodeDefinition definition) {
        Map<String, ByteString> fields = new LinkedHashMap<>();
        fields.put(
                LifecycleKeys.ENDORSEMENT_INFO,
                bytes(ChaincodeEndorsementInfo.newBuilder()
                        .setVersion(definition.version())
                        .setInitRequired(definition.initRequired())
                        .setEndorsementPlugin(definition.endorsementPlugin())
                        .build()));
        fields.put(
                LifecycleKeys.VALIDATION_INFO,
                bytes(ChaincodeValidationInfo.newBuilder()
                        .setValidationPlugin(definition.validationPlugin())
                        .setValidationParameter(definition.validationParameter())
                        .build()));
        fields.put(LifecycleKeys.COLLECTIONS, bytes(definition.collections()));
        return fields;
    }

    /** Which package an organisation runs; empty for none. */
    static Map<String, ByteString> localPackage(String packageId) {
        return Map.of(
                LifecycleKeys.PACKAGE_ID,
                StateData.newBuilder().setString(packageId).build().toByteString());
    }

    /** Puts an approval together again. */
    static ChaincodeDefinition approved(ChaincodeName name, long sequence, Map<String, ByteString> fields)
            throws InvalidProtocolBufferException {
        ChaincodeEndorsementInfo endorsement =
                ChaincodeEndorsementInfo.parseFrom(content(fields, LifecycleKeys.ENDORSEMENT_INFO));
        ChaincodeValidationInfo validation =
                ChaincodeValidationInfo.parseFrom(content(fields, LifecycleKeys.VALIDATION_INFO));
        return new ChaincodeDefinition(
                name,
                sequence,
                endorsement.getVersion(),
                endorsement.getEndorsementPlugin(),
                endorsement.getInitRequired(),
                validation.getValidationPlugin(),
                validation.getValidationParameter(),
                CollectionConfigPackage.parseFrom(content(fields, LifecycleKeys.COLLECTIONS)));
    }

    /** The package id in its field. */
    static String packageId(ByteString field) throws InvalidProtocolBufferException {
        return StateData.parseFrom(field).getString();
    }

    private static ByteString content(Map<String, ByteString> fields, String field)
            throws InvalidProtocolBufferException {
        return StateData.parseFrom(fields.getOrDefault(field, ByteString.EMPTY)).getBytes();
    }

    private static ByteString bytes(MessageLite field) {
        return StateData.newBuilder().setBytes(field.toByteString()).build().toByteString();
    }
}
