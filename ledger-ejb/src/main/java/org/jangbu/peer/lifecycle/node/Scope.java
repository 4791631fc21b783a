package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.peer.lifecycle.StateData;
import org.hyperledger.fabric.protos.peer.lifecycle.StateMetadata;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.privatedata.ImplicitCollection;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.MspId;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.LifecycleKeys;
import org.jangbu.peer.lifecycle.StateDefinitions;

/** One call's view of a channel: its definitions, and the approvals of its organisations. */
record Scope(JoinedChannel channel, ChaincodeHost state, ChaincodeHost legacy) {

    String channelName() {
        return channel.ledger().id().channel().value();
    }

    /** The public records. */
    StateRecords definitions() {
        return new StateRecords(state, "");
    }

    /** The records in an organisation's implicit collection. */
    StateRecords approvalsOf(MspId organization) {
        return new StateRecords(state, ImplicitCollection.of(organization));
    }

    /** The sequence that is committed; 0 before the first definition. */
    long currentSequence(String chaincode) throws InvalidProtocolBufferException {
        return StateData.parseFrom(definitions().field(LifecycleKeys.NAMESPACES, chaincode, LifecycleKeys.SEQUENCE))
                .getInt64();
    }

    /** The definition that is committed. Reads through the simulation first, so that what an answer rests on is in its read set. */
    Optional<ChaincodeDefinition> committed(String chaincode) {
        if (!ChaincodeName.isValid(chaincode)) {
            return Optional.empty();
        }
        ChaincodeName name = new ChaincodeName(chaincode);
        byte[] metadata = state.getState("", LifecycleKeys.metadata(name).key());
        byte[] sequence = state.getState(
                "", LifecycleKeys.field(name, LifecycleKeys.SEQUENCE).key());
        return metadata == null || sequence == null
                ? Optional.empty()
                : new StateDefinitions(channel.ledger().state()).find(name);
    }

    /**
     * Reads what is defined by that name so far, as a Fabric peer does before it judges a new definition: here, else where an older lifecycle
     * has it. All that matters is that it counts as read.
     */
    void readExisting(String chaincode) throws InvalidProtocolBufferException {
        Optional<StateMetadata> existing = definitions().metadata(LifecycleKeys.NAMESPACES, chaincode);
        if (existing.isEmpty()) {
            legacy.getState("", chaincode);
            return;
        }
        for (String field : existing.get().getFieldsList()) {
            definitions().field(LifecycleKeys.NAMESPACES, chaincode, field);
        }
    }

    /** How each organisation's approval differs from a definition, by MSP id; empty where it does not. */
    Map<String, Optional<String>> differences(ChaincodeDefinition definition) {
        Map<String, Optional<String>> differences = new TreeMap<>();
        String name = LifecycleKeys.approval(definition.name().value(), definition.sequence());
        for (ChannelConfig.Organization organization : channel.config().applicationOrganizations()) {
            differences.put(
                    organization.mspId().value(),
                    approvalsOf(organization.mspId())
                            .difference(
                                    LifecycleKeys.NAMESPACES,
                                    name,
                                    LifecycleKeys.PARAMETERS_TYPE,
                                    DefinitionFields.parameters(definition)));
        }
        return differences;
    }
}
