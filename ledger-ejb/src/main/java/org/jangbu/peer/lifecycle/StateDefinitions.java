package org.jangbu.peer.lifecycle;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeEndorsementInfo;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeValidationInfo;
import org.hyperledger.fabric.protos.peer.lifecycle.StateData;
import org.hyperledger.fabric.protos.peer.lifecycle.StateMetadata;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.StateReader;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.ChaincodeName;

/**
 * Definitions read from the world state of one ledger, and remembered until a block writes to {@code _lifecycle}. What is not in Fabric's
 * format counts as no definition: whoever may write there may also break it, and a broken definition must not stop a ledger.
 */
public final class StateDefinitions implements ChaincodeDefinitions {
    /** More names than any channel has chaincodes; a flood of transactions with made-up names does not fill the memory. */
    private static final int MOST_REMEMBERED = 1000;

    private final StateReader state;
    private volatile Map<ChaincodeName, Optional<ChaincodeDefinition>> remembered = new ConcurrentHashMap<>();

    public StateDefinitions(StateReader state) {
        this.state = state;
    }

    /** Names that have a definition, or what looks like one, at most a thousand. */
    public static List<ChaincodeName> names(WorldState state) {
        String first = LifecycleKeys.metadata(LifecycleKeys.NAMESPACES, "");
        String end = first.substring(0, first.length() - 1) + (char) ('/' + 1);
        return state.range(LifecycleKeys.NAMESPACE, first, end, MOST_REMEMBERED).stream()
                .map(entry -> entry.key().key().substring(first.length()))
                .filter(ChaincodeName::isValid)
                .map(ChaincodeName::new)
                .toList();
    }

    @Override
    public Optional<ChaincodeDefinition> find(ChaincodeName name) {
        Map<ChaincodeName, Optional<ChaincodeDefinition>> known = remembered;
        Optional<ChaincodeDefinition> found = known.get(name);
        if (found == null) {
            found = read(name);
            if (known.size() < MOST_REMEMBERED) {
                // Into the map that was current before the read: if a commit has replaced it meanwhile, this answer is
                // forgotten.
                known.put(name, found);
            }
        }
        return found;
    }

    /** Forgets everything; to be called after each commit of a block that wrote to {@code _lifecycle}. */
    public void forget() {
        remembered = new ConcurrentHashMap<>();
    }

    private Optional<ChaincodeDefinition> read(ChaincodeName name) {
        StateKey metadata = LifecycleKeys.metadata(name);
        StateKey sequence = LifecycleKeys.field(name, LifecycleKeys.SEQUENCE);
        StateKey endorsement = LifecycleKeys.field(name, LifecycleKeys.ENDORSEMENT_INFO);
        StateKey validation = LifecycleKeys.field(name, LifecycleKeys.VALIDATION_INFO);
        StateKey collections = LifecycleKeys.field(name, LifecycleKeys.COLLECTIONS);
        Map<StateKey, VersionedValue> values =
                state.getAll(List.of(metadata, sequence, endorsement, validation, collections));
        VersionedValue described = values.get(metadata);
        if (described == null) {
            return Optional.empty();
        }
        try {
            if (!StateMetadata.parseFrom(described.value()).getDatatype().equals(LifecycleKeys.DEFINITION_TYPE)) {
                return Optional.empty();
            }
            ChaincodeEndorsementInfo endorsementInfo = ChaincodeEndorsementInfo.parseFrom(bytes(values, endorsement));
            ChaincodeValidationInfo validationInfo = ChaincodeValidationInfo.parseFrom(bytes(values, validation));
            return Optional.of(new ChaincodeDefinition(
                    name,
                    data(values, sequence).getInt64(),
                    endorsementInfo.getVersion(),
                    endorsementInfo.getEndorsementPlugin(),
                    endorsementInfo.getInitRequired(),
                    validationInfo.getValidationPlugin(),
                    validationInfo.getValidationParameter(),
                    CollectionConfigPackage.parseFrom(bytes(values, collections))));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static ByteString bytes(Map<StateKey, VersionedValue> values, StateKey key)
            throws InvalidProtocolBufferException {
        return data(values, key).getBytes();
    }

    /** A field that is not there reads as that type's default, as in Fabric. */
    private static StateData data(Map<StateKey, VersionedValue> values, StateKey key)
            throws InvalidProtocolBufferException {
        VersionedValue value = values.get(key);
        return value == null ? StateData.getDefaultInstance() : StateData.parseFrom(value.value());
    }
}
