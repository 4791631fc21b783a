package org.jangbu.peer.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.privatedata.ImplicitCollection;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ChaincodeName;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.PolicyException;
import org.jangbu.msp.policy.SignaturePolicy;
import org.jangbu.peer.endorse.Definitions;
import org.jangbu.peer.endorse.JoinedChannel;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;

/** Finds the policy by which committers will judge the endorsements of a chaincode, so that a gateway asks enough peers and no more. */
final class EndorsementPolicies {
    private static final String LIFECYCLE_POLICY = "/Channel/Application/LifecycleEndorsement";

    private final Definitions definitions;

    EndorsementPolicies(Definitions definitions) {
        this.definitions = definitions;
    }

    /** The policy of what a transaction writes; empty if there is none that can be read. */
    Optional<Policy> of(JoinedChannel channel, Requirement requirement) {
        return requirement.keyPolicy().isPresent()
                ? ofKey(channel.config(), requirement.keyPolicy().get())
                : ofNamespace(channel, requirement.namespace());
    }

    private static Optional<Policy> ofKey(ChannelConfig config, SignaturePolicyEnvelope policy) {
        try {
            return Optional.of(SignaturePolicy.of(policy, config.membership()));
        } catch (PolicyException e) {
            return Optional.empty();
        }
    }

    private Optional<Policy> ofNamespace(JoinedChannel channel, String namespace) {
        String collection = new StateKey(namespace, "").collection();
        return collection.isEmpty()
                ? ofChaincode(channel, namespace)
                : ofCollection(channel, new StateKey(namespace, "").chaincode(), collection);
    }

    private Optional<Policy> ofCollection(JoinedChannel channel, String chaincode, String collection) {
        ChannelConfig config = channel.config();
        Optional<String> organization = ImplicitCollection.organization(collection);
        if (organization.isPresent()) {
            return config.applicationOrganizations().stream()
                    .filter(o -> o.mspId().value().equals(organization.get()))
                    .findFirst()
                    .flatMap(o -> config.policy("/Channel/Application/" + o.group() + "/Endorsement"));
        }
        return ChaincodeName.isValid(chaincode)
                ? definitions
                        .current(channel.ledger(), new ChaincodeName(chaincode))
                        .flatMap(definition -> ofCollection(config, definition, collection))
                : Optional.empty();
    }

    private static Optional<Policy> ofCollection(
            ChannelConfig config, ChaincodeDefinition definition, String collection) {
        return definition
                .collection(collection)
                .flatMap(explicit -> of(
                        config,
                        explicit.hasEndorsementPolicy()
                                ? explicit.getEndorsementPolicy().toByteString()
                                : definition.validationParameter()));
    }

    private Optional<Policy> ofChaincode(JoinedChannel channel, String chaincode) {
        ChannelConfig config = channel.config();
        if (chaincode.equals(ChaincodeName.LIFECYCLE.value())) {
            return config.policy(LIFECYCLE_POLICY);
        }
        if (!ChaincodeName.isValid(chaincode)) {
            return Optional.empty();
        }
        return definitions
                .current(channel.ledger(), new ChaincodeName(chaincode))
                .flatMap(definition -> of(config, definition.validationParameter()));
    }

    private static Optional<Policy> of(ChannelConfig config, ByteString serialized) {
        try {
            ApplicationPolicy policy = ApplicationPolicy.parseFrom(serialized);
            return policy.hasSignaturePolicy()
                    ? Optional.of(SignaturePolicy.of(policy.getSignaturePolicy(), config.membership()))
                    : config.policy(policy.getChannelConfigPolicyReference());
        } catch (InvalidProtocolBufferException | PolicyException e) {
            return Optional.empty();
        }
    }
}
