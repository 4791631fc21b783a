package org.jangbu.web.view;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsResult;
import org.jangbu.msp.policy.PolicyException;
import org.jangbu.msp.policy.PolicyLanguage;

/**
 * A chaincode's definition, in the shape in which one is approved and committed.
 *
 * @param packageId what the organisation's peers run; only in its own approval, and only where it named one
 * @param approvals who has approved exactly this; only for a committed definition
 */
public record DefinitionView(
        String name,
        long sequence,
        String version,
        Optional<String> packageId,
        Optional<String> signaturePolicy,
        Optional<String> channelConfigPolicy,
        Optional<String> otherPolicy,
        String endorsementPlugin,
        String validationPlugin,
        boolean initRequired,
        List<Collection> collections,
        Optional<List<Approval>> approvals) {

    /** Whether an organisation has approved a definition; if not, in what it differs where that is known. */
    public record Approval(String mspId, boolean approved, Optional<String> difference) {}

    /** A private collection, as in Fabric's collections_config.json. */
    public record Collection(
            String name,
            String policy,
            int requiredPeerCount,
            int maxPeerCount,
            long blockToLive,
            boolean memberOnlyRead,
            boolean memberOnlyWrite,
            Optional<Policy> endorsementPolicy) {
        static Collection of(StaticCollectionConfig collection) {
            return new Collection(
                    collection.getName(),
                    text(collection.getMemberOrgsPolicy().getSignaturePolicy()),
                    collection.getRequiredPeerCount(),
                    collection.getMaximumPeerCount(),
                    collection.getBlockToLive(),
                    collection.getMemberOnlyRead(),
                    collection.getMemberOnlyWrite(),
                    collection.hasEndorsementPolicy()
                            ? Optional.of(Policy.of(collection.getEndorsementPolicy()))
                            : Optional.empty());
        }
    }

    /**
     * A policy in Fabric's language, or the name of one in the channel's configuration.
     *
     * @param otherPolicy a policy that is neither, in Base64
     */
    public record Policy(
            Optional<String> signaturePolicy, Optional<String> channelConfigPolicy, Optional<String> otherPolicy) {
        static Policy of(ByteString serialized) {
            try {
                return of(ApplicationPolicy.parseFrom(serialized));
            } catch (InvalidProtocolBufferException e) {
                return new Policy(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Base64.getEncoder().encodeToString(serialized.toByteArray())));
            }
        }

        static Policy of(ApplicationPolicy policy) {
            return switch (policy.getTypeCase()) {
                case SIGNATURE_POLICY ->
                    new Policy(Optional.of(text(policy.getSignaturePolicy())), Optional.empty(), Optional.empty());
                case CHANNEL_CONFIG_POLICY_REFERENCE ->
                    new Policy(
                            Optional.empty(), Optional.of(policy.getChannelConfigPolicyReference()), Optional.empty());
                default ->
                    new Policy(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(Base64.getEncoder().encodeToString(policy.toByteArray())));
            };
        }
    }

    /** A committed definition. */
    public static DefinitionView of(String name, QueryChaincodeDefinitionResult definition) {
        Policy policy = Policy.of(definition.getValidationParameter());
        return new DefinitionView(
                name,
                definition.getSequence(),
                definition.getVersion(),
                Optional.empty(),
                policy.signaturePolicy(),
                policy.channelConfigPolicy(),
                policy.otherPolicy(),
                definition.getEndorsementPlugin(),
                definition.getValidationPlugin(),
                definition.getInitRequired(),
                collections(definition.getCollections()),
                Optional.of(definition.getApprovalsMap().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new Approval(entry.getKey(), entry.getValue(), Optional.empty()))
                        .toList()));
    }

    /** One of a channel's definitions. */
    public static DefinitionView of(QueryChaincodeDefinitionsResult.ChaincodeDefinition definition) {
        Policy policy = Policy.of(definition.getValidationParameter());
        return new DefinitionView(
                definition.getName(),
                definition.getSequence(),
                definition.getVersion(),
                Optional.empty(),
                policy.signaturePolicy(),
                policy.channelConfigPolicy(),
                policy.otherPolicy(),
                definition.getEndorsementPlugin(),
                definition.getValidationPlugin(),
                definition.getInitRequired(),
                collections(definition.getCollections()),
                Optional.empty());
    }

    /** What an organisation has approved. */
    public static DefinitionView of(String name, QueryApprovedChaincodeDefinitionResult approved) {
        Policy policy = Policy.of(approved.getValidationParameter());
        ChaincodeSource source = approved.getSource();
        return new DefinitionView(
                name,
                approved.getSequence(),
                approved.getVersion(),
                source.hasLocalPackage() ? Optional.of(source.getLocalPackage().getPackageId()) : Optional.empty(),
                policy.signaturePolicy(),
                policy.channelConfigPolicy(),
                policy.otherPolicy(),
                approved.getEndorsementPlugin(),
                approved.getValidationPlugin(),
                approved.getInitRequired(),
                collections(approved.getCollections()),
                Optional.empty());
    }

    private static List<Collection> collections(CollectionConfigPackage collections) {
        return collections.getConfigList().stream()
                .map(config -> Collection.of(config.getStaticCollectionConfig()))
                .toList();
    }

    /** In full where the language can say it, so that it can be sent again. */
    private static String text(SignaturePolicyEnvelope policy) {
        try {
            return PolicyLanguage.format(policy);
        } catch (PolicyException e) {
            return PolicyLanguage.describe(policy);
        }
    }
}
