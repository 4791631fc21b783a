package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.privatedata.ImplicitCollection;
import org.jangbu.ledger.privatedata.PrivateValue;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.model.Sha256;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;
import org.jangbu.peer.lifecycle.LifecycleKeys;
import org.jangbu.peer.log.EndorsementLog;

/** What a node's organisation has approved, as its implicit collection on each channel has it. A value counts only while its hash is current. */
public final class LedgerApprovals implements Approvals {
    private static final List<String> PARAMETERS =
            List.of(LifecycleKeys.ENDORSEMENT_INFO, LifecycleKeys.VALIDATION_INFO, LifecycleKeys.COLLECTIONS);

    private final LocalNode node;
    private final String collection;
    private final Function<String, Optional<JoinedChannel>> channels;

    /** @param channels those the node has joined, by name */
    public LedgerApprovals(LocalNode node, Function<String, Optional<JoinedChannel>> channels) {
        this.node = node;
        this.collection = ImplicitCollection.of(node.mspId());
        this.channels = channels;
    }

    @Override
    public Optional<ApproveChaincodeDefinitionForMyOrgArgs> find(ChannelId channel, String chaincode, long sequence) {
        if (!ChaincodeName.isValid(chaincode)) {
            return Optional.empty();
        }
        return channels.apply(channel.value())
                .flatMap(joined -> find(joined.ledger(), new ChaincodeName(chaincode), sequence));
    }

    private Optional<ApproveChaincodeDefinitionForMyOrgArgs> find(
            PeerLedger ledger, ChaincodeName chaincode, long sequence) {
        String name = LifecycleKeys.approval(chaincode.value(), sequence);
        Map<String, StateKey> keys = new HashMap<>();
        PARAMETERS.forEach(field -> keys.put(field, key(LifecycleKeys.field(LifecycleKeys.NAMESPACES, name, field))));
        keys.put(
                LifecycleKeys.PACKAGE_ID,
                key(LifecycleKeys.field(LifecycleKeys.SOURCES, name, LifecycleKeys.PACKAGE_ID)));
        Map<StateKey, VersionedValue> hashes = ledger.state().getAll(keys.values());
        if (hashes.size() < keys.size()) {
            return Optional.empty();
        }
        Map<StateKey, PrivateValue> values = ledger.privateData().values(keys.values());
        Map<String, ByteString> fields = new HashMap<>();
        keys.forEach((field, key) -> {
            PrivateValue value = values.get(key);
            VersionedValue hash = hashes.get(key);
            if (value != null && hash != null && value.version().equals(hash.version())) {
                fields.put(field, value.value());
            }
        });
        return fields.size() < keys.size() ? Optional.empty() : approval(ledger, chaincode, sequence, fields);
    }

    private Optional<ApproveChaincodeDefinitionForMyOrgArgs> approval(
            PeerLedger ledger, ChaincodeName chaincode, long sequence, Map<String, ByteString> fields) {
        try {
            ChaincodeDefinition definition = DefinitionFields.approved(chaincode, sequence, fields);
            String packageId =
                    DefinitionFields.packageId(fields.getOrDefault(LifecycleKeys.PACKAGE_ID, ByteString.EMPTY));
            ApproveChaincodeDefinitionForMyOrgArgs.Builder approval =
                    ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                            .setName(chaincode.value())
                            .setSequence(sequence)
                            .setVersion(definition.version())
                            .setEndorsementPlugin(definition.endorsementPlugin())
                            .setValidationPlugin(definition.validationPlugin())
                            .setValidationParameter(definition.validationParameter())
                            .setCollections(definition.collections())
                            .setInitRequired(definition.initRequired());
            if (!packageId.isEmpty()) {
                approval.setSource(ChaincodeSource.newBuilder()
                        .setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId(packageId)));
            }
            return Optional.of(approval.build());
        } catch (InvalidProtocolBufferException e) {
            EndorsementLog.LOG.approvalUnreadable(
                    node.name().value(), ledger.id().channel().value(), chaincode.value(), "it is no approval");
            return Optional.empty();
        }
    }

    private StateKey key(String text) {
        return StateKey.hashed(ChaincodeName.LIFECYCLE.value(), collection, Sha256.of(ByteString.copyFromUtf8(text)));
    }
}
