package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.lifecycle.StateMetadata;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeHostException;
import org.jangbu.model.Sha256;
import org.jangbu.peer.endorse.PrivateValueUnavailableException;
import org.jangbu.peer.lifecycle.LifecycleKeys;

/**
 * Records as {@code _lifecycle} keeps them: a key for each field, and one for the list of fields. Written as a Fabric peer writes them, byte
 * by byte: only what changes. What is read on the way counts as read, so that of two writers under way at once only one becomes valid.
 */
final class StateRecords {
    private final ChaincodeHost state;
    private final String collection;

    /** @param collection where they are; empty for the public state */
    StateRecords(ChaincodeHost state, String collection) {
        this.state = state;
        this.collection = collection;
    }

    /** What a record is made of; empty if there is none. */
    Optional<StateMetadata> metadata(String space, String name) throws InvalidProtocolBufferException {
        ByteString found = read(LifecycleKeys.metadata(space, name));
        return found.isEmpty() ? Optional.empty() : Optional.of(StateMetadata.parseFrom(found));
    }

    /** A field of a record; empty if it is not there. */
    ByteString field(String space, String name, String field) {
        return read(LifecycleKeys.field(space, name, field));
    }

    /**
     * Brings a record to these fields.
     *
     * @param fields in the order in which the list of fields names them
     */
    void write(String space, String name, String type, Map<String, ByteString> fields)
            throws InvalidProtocolBufferException {
        StateMetadata existing = metadata(space, name).orElse(StateMetadata.getDefaultInstance());
        Map<String, ByteString> former = new LinkedHashMap<>();
        for (String field : existing.getFieldsList()) {
            former.put(LifecycleKeys.field(space, name, field), field(space, name, field));
        }
        fields.forEach((field, value) -> {
            String key = LifecycleKeys.field(space, name, field);
            if (!value.equals(former.remove(key))) {
                state.putState(collection, key, value.toByteArray());
            }
        });
        if (!former.isEmpty() || !existing.getDatatype().equals(type) || existing.getFieldsCount() != fields.size()) {
            state.putState(
                    collection,
                    LifecycleKeys.metadata(space, name),
                    metadata(type, fields).toByteArray());
        }
        new ArrayList<>(former.keySet()).forEach(key -> state.deleteState(collection, key));
    }

    /**
     * How a record differs from these fields, told from hashes alone, as everybody can.
     *
     * @return empty if it does not; else the first thing that differs: a field's name, or that there is no such record
     */
    Optional<String> difference(String space, String name, String type, Map<String, ByteString> fields) {
        byte[] found = state.getPrivateDataHash(collection, LifecycleKeys.metadata(space, name));
        if (found == null) {
            return Optional.of("not approved");
        }
        if (!Sha256.of(metadata(type, fields).toByteString()).equals(ByteString.copyFrom(found))) {
            return Optional.of("other fields");
        }
        for (Map.Entry<String, ByteString> field : fields.entrySet()) {
            byte[] hash = state.getPrivateDataHash(collection, LifecycleKeys.field(space, name, field.getKey()));
            if (hash == null || !Sha256.of(field.getValue()).equals(ByteString.copyFrom(hash))) {
                return Optional.of(field.getKey() + " differs");
            }
        }
        return Optional.empty();
    }

    private static StateMetadata metadata(String type, Map<String, ByteString> fields) {
        return StateMetadata.newBuilder()
                .setDatatype(type)
                .addAllFields(List.copyOf(fields.keySet()))
                .build();
    }

    /** A value that this peer should have and lacks counts as none, so that writing it again brings it back. */
    private ByteString read(String key) {
        try {
            byte[] value = state.getState(collection, key);
            return value == null ? ByteString.EMPTY : ByteString.copyFrom(value);
        } catch (ChaincodeHostException e) {
            if (e.getCause() instanceof PrivateValueUnavailableException) {
                return ByteString.EMPTY;
            }
            throw e;
        }
    }
}
