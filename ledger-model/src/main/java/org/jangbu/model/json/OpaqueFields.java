package org.jangbu.model.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Struct;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigUpdate;
import org.hyperledger.fabric.protos.common.ConfigUpdateEnvelope;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.OrganizationUnit;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.Policy;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.IdemixMSPConfig;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.orderer.etcdraft.ConfigMetadata;
import org.hyperledger.fabric.protos.orderer.smartbft.Options;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;

/** Which message the bytes of a field hold. Fabric's own table: what its tools show as Base64 is Base64 here too. */
final class OpaqueFields {
    /** Those that always hold the same message. */
    private static final Map<String, Descriptor> FIXED = Map.ofEntries(
            Map.entry("common.BlockData.data", Envelope.getDescriptor()),
            Map.entry("common.Envelope.payload", Payload.getDescriptor()),
            Map.entry("common.Header.channel_header", ChannelHeader.getDescriptor()),
            Map.entry("common.Header.signature_header", SignatureHeader.getDescriptor()),
            Map.entry("common.SignatureHeader.creator", SerializedIdentity.getDescriptor()),
            Map.entry("common.ConfigUpdateEnvelope.config_update", ConfigUpdate.getDescriptor()),
            Map.entry("common.ConfigSignature.signature_header", SignatureHeader.getDescriptor()),
            Map.entry("protos.TransactionAction.header", SignatureHeader.getDescriptor()),
            Map.entry("protos.TransactionAction.payload", ChaincodeActionPayload.getDescriptor()),
            Map.entry(
                    "protos.ChaincodeActionPayload.chaincode_proposal_payload",
                    ChaincodeProposalPayload.getDescriptor()),
            Map.entry(
                    "protos.ChaincodeEndorsedAction.proposal_response_payload",
                    ProposalResponsePayload.getDescriptor()),
            Map.entry("protos.ChaincodeProposalPayload.input", ChaincodeInvocationSpec.getDescriptor()),
            Map.entry("protos.ProposalResponsePayload.extension", ChaincodeAction.getDescriptor()),
            Map.entry("protos.ChaincodeAction.results", TxReadWriteSet.getDescriptor()),
            Map.entry("protos.ChaincodeAction.events", ChaincodeEvent.getDescriptor()));

    /** Those whose message another field tells. */
    private static final Set<String> BY_TYPE = Set.of(
            "common.Payload.data",
            "common.ChannelHeader.extension",
            "common.Policy.value",
            "common.MSPPrincipal.principal",
            "msp.MSPConfig.config",
            "orderer.ConsensusType.metadata");

    private OpaqueFields() {}

    /** Whether the field's bytes are a message, even if nothing tells which one: where there are none, JSON has null. */
    static boolean isOpaque(MessageOrBuilder parent, FieldDescriptor field, Surroundings surroundings) {
        if (field.getType() != FieldDescriptor.Type.BYTES
                || field.isRepeated()
                || surroundings.kind() == Surroundings.Kind.PLAIN
                || field.getRealContainingOneof() != null) {
            return false;
        }
        return FIXED.containsKey(field.getFullName())
                || BY_TYPE.contains(field.getFullName())
                || surroundings.isValueOf(parent.getDescriptorForType())
                || content(parent, field, surroundings).isPresent();
    }

    /** The type of the message that the field's bytes hold, as far as the rest of {@code parent} tells. */
    static Optional<Descriptor> content(MessageOrBuilder parent, FieldDescriptor field, Surroundings surroundings) {
        if (surroundings.kind() == Surroundings.Kind.PLAIN || field.getRealContainingOneof() != null) {
            return Optional.empty();
        }
        Descriptor fixed = FIXED.get(field.getFullName());
        if (fixed != null) {
            return Optional.of(fixed);
        }
        return switch (field.getFullName()) {
            case "common.Payload.data" -> payload(parent);
            case "common.ChannelHeader.extension" ->
                only(
                        MessageFields.number(parent, "type") == HeaderType.ENDORSER_TRANSACTION_VALUE,
                        ChaincodeHeaderExtension.getDescriptor());
            case "common.Policy.value" -> policy(MessageFields.number(parent, "type"));
            case "common.MSPPrincipal.principal" -> principal(parent);
            case "msp.MSPConfig.config" -> msp(MessageFields.number(parent, "type"));
            case "orderer.ConsensusType.metadata" -> Optional.of(consensus(MessageFields.text(parent, "type")));
            case "common.ConfigValue.value" ->
                surroundings.isValueOf(parent.getDescriptorForType())
                        ? ConfigValueTypes.of(surroundings)
                        : Optional.empty();
            case "rwset.NsReadWriteSet.rwset" ->
                only(surroundings.kind() == Surroundings.Kind.KEY_VALUE_SET, KVRWSet.getDescriptor());
            default -> Optional.empty();
        };
    }

    private static Optional<Descriptor> only(boolean condition, Descriptor type) {
        return condition ? Optional.of(type) : Optional.empty();
    }

    /** By the type of its channel header, also those that Fabric no longer makes. */
    @SuppressWarnings("deprecation")
    private static Optional<Descriptor> payload(MessageOrBuilder payload) {
        FieldDescriptor header = MessageFields.named(payload, "header");
        if (!payload.hasField(header)) {
            return Optional.empty();
        }
        try {
            ChannelHeader channel = ChannelHeader.parseFrom(
                    MessageFields.bytes((MessageOrBuilder) payload.getField(header), "channel_header"));
            return switch (channel.getType()) {
                case HeaderType.CONFIG_VALUE -> Optional.of(ConfigEnvelope.getDescriptor());
                case HeaderType.ORDERER_TRANSACTION_VALUE -> Optional.of(Envelope.getDescriptor());
                case HeaderType.CONFIG_UPDATE_VALUE -> Optional.of(ConfigUpdateEnvelope.getDescriptor());
                case HeaderType.MESSAGE_VALUE -> Optional.of(ConfigValue.getDescriptor());
                case HeaderType.ENDORSER_TRANSACTION_VALUE -> Optional.of(Transaction.getDescriptor());
                default -> Optional.empty();
            };
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static Optional<Descriptor> policy(int type) {
        return switch (type) {
            case Policy.PolicyType.SIGNATURE_VALUE -> Optional.of(SignaturePolicyEnvelope.getDescriptor());
            case Policy.PolicyType.IMPLICIT_META_VALUE -> Optional.of(ImplicitMetaPolicy.getDescriptor());
            default -> Optional.empty();
        };
    }

    private static Optional<Descriptor> principal(MessageOrBuilder principal) {
        FieldDescriptor classification = MessageFields.named(principal, "principal_classification");
        return switch (MessageFields.enumNumber(principal, classification)) {
            case MSPPrincipal.Classification.ROLE_VALUE -> Optional.of(MSPRole.getDescriptor());
            case MSPPrincipal.Classification.ORGANIZATION_UNIT_VALUE -> Optional.of(OrganizationUnit.getDescriptor());
            case MSPPrincipal.Classification.IDENTITY_VALUE -> Optional.of(SerializedIdentity.getDescriptor());
            default -> Optional.empty();
        };
    }

    private static Optional<Descriptor> msp(int type) {
        return switch (type) {
            case 0 -> Optional.of(FabricMSPConfig.getDescriptor());
            case 1 -> Optional.of(IdemixMSPConfig.getDescriptor());
            default -> Optional.empty();
        };
    }

    /** Metadata of a consensus that neither Fabric nor we know counts as empty; where it is not, it stays as it is. */
    private static Descriptor consensus(String type) {
        return switch (type) {
            case "etcdraft" -> ConfigMetadata.getDescriptor();
            case "BFT" -> Options.getDescriptor();
            case "jms" -> Struct.getDescriptor();
            default -> Empty.getDescriptor();
        };
    }
}
