package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeEndorsementInfo;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeValidationInfo;
import org.hyperledger.fabric.protos.peer.lifecycle.StateData;
import org.hyperledger.fabric.protos.peer.lifecycle.StateMetadata;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.LifecycleKeys;

/**
 * Writes a definition as a Fabric peer does, byte by byte: a key for each field that changes, and one for the list of fields where that
 * changes. What is read on the way counts as read, so that of two definitions under way at once only one becomes valid.
 */
final class StateDefinitionWriter {
    /** The fields in the order in which the list of fields names them. */
    private static final List<String> FIELDS = List.of(
            LifecycleKeys.SEQUENCE,
            LifecycleKeys.ENDORSEMENT_INFO,
            LifecycleKeys.VALIDATION_INFO,
            LifecycleKeys.COLLECTIONS);

    private final ChaincodeHost state;

    StateDefinitionWriter(ChaincodeHost state) {
        this.state = state;
    }

    /** The sequence as it stands; 0 before the first definition. */
    long currentSequence(ChaincodeDefinition definition) throws InvalidProtocolBufferException {
        return StateData.parseFrom(read(LifecycleKeys.field(definition.name(), LifecycleKeys.SEQUENCE)
                        .key()))
                .getInt64();
    }

    void write(ChaincodeDefinition definition) throws InvalidProtocolBufferException {
        String metadataKey = LifecycleKeys.metadata(definition.name()).key();
        StateMetadata existing = StateMetadata.parseFrom(read(metadataKey));
        Map<String, ByteString> former = new LinkedHashMap<>();
        for (String field : existing.getFieldsList()) {
            String key = LifecycleKeys.field(definition.name(), field).key();
            former.put(key, read(key));
        }
        values(definition).forEach((field, value) -> {
            String key = LifecycleKeys.field(definition.name(), field).key();
            if (!value.equals(former.remove(key))) {
                state.putState("", key, value.toByteArray());
            }
        });
        if (!former.isEmpty()
                || !existing.getDatatype().equals(LifecycleKeys.DEFINITION_TYPE)
                || existing.getFieldsCount() != FIELDS.size()) {
            StateMetadata metadata = StateMetadata.newBuilder()
                    .setDatatype(LifecycleKeys.DEFINITION_TYPE)
                    .addAllFields(FIELDS)
                    .build();
            state.putState("", metadataKey, metadata.toByteArray());
        }
        new ArrayList<>(former.keySet()).forEach(key -> state.deleteState("", key));
    }

    private static Map<String, ByteString> values(ChaincodeDefinition definition) {
        Map<String, ByteString> values = new LinkedHashMap<>();
        values.put(
                LifecycleKeys.SEQUENCE,
                StateData.newBuilder().setInt64(definition.sequence()).build().toByteString());
        values.put(
                LifecycleKeys.ENDORSEMENT_INFO,
                bytes(ChaincodeEndorsementInfo.newBuilder()
                        .setVersion(definition.version())
                        .setInitRequired(definition.initRequired())
                        .setEndorsementPlugin(definition.endorsementPlugin())
                        .build()));
        values.put(
                LifecycleKeys.VALIDATION_INFO,
                bytes(ChaincodeValidationInfo.newBuilder()
                        .setValidationPlugin(definition.validationPlugin())
                        .setValidationParameter(definition.validationParameter())
                        .build()));
        values.put(LifecycleKeys.COLLECTIONS, bytes(definition.collections()));
        return values;
    }

    private static ByteString bytes(MessageLite field) {
        return StateData.newBuilder().setBytes(field.toByteString()).build().toByteString();
    }

    private byte[] readBytes(String key) {
        return Optional.ofNullable(state.getState("", key)).orElse(new byte[0]);
    }

    private ByteString read(String key) {
        return ByteString.copyFrom(readBytes(key));
    }
}
