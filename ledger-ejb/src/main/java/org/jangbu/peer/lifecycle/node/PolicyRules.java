package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.Quoted;
import org.jangbu.msp.policy.PolicyException;
import org.jangbu.msp.policy.SignaturePolicy;
import org.jangbu.peer.lifecycle.ChaincodeDefinition;

/**
 * Whether the policies of a definition can be judged at all. Fabric's peers take any bytes and then find every transaction of the chaincode
 * invalid; here such a definition is neither approved nor committed.
 */
final class PolicyRules {
    private final ChannelConfig config;

    PolicyRules(ChannelConfig config) {
        this.config = config;
    }

    /** Refuses a definition with a policy that is none, or that names one that the channel has not. */
    void check(ChaincodeDefinition definition) throws LifecycleException {
        Optional<String> problem = problem(definition);
        if (problem.isPresent()) {
            throw new LifecycleException("error validating chaincode definition: " + problem.get());
        }
    }

    private Optional<String> problem(ChaincodeDefinition definition) {
        Optional<String> own = ofApplication(definition.validationParameter());
        if (own.isPresent()) {
            return Optional.of("endorsement policy: " + own.get());
        }
        for (CollectionConfig config : definition.collections().getConfigList()) {
            StaticCollectionConfig collection = config.getStaticCollectionConfig();
            Optional<String> problem = ofSignatures(
                            collection.getMemberOrgsPolicy().getSignaturePolicy())
                    .or(() -> collection.hasEndorsementPolicy()
                            ? ofApplication(collection.getEndorsementPolicy().toByteString())
                            : Optional.empty());
            if (problem.isPresent()) {
                return Optional.of("collection-name: " + Quoted.brief(collection.getName()) + " -- " + problem.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> ofApplication(ByteString serialized) {
        try {
            ApplicationPolicy policy = ApplicationPolicy.parseFrom(serialized);
            return switch (policy.getTypeCase()) {
                case SIGNATURE_POLICY -> ofSignatures(policy.getSignaturePolicy());
                case CHANNEL_CONFIG_POLICY_REFERENCE -> ofReference(policy.getChannelConfigPolicyReference());
                default -> Optional.of("it says nothing");
            };
        } catch (InvalidProtocolBufferException e) {
            return Optional.of("it cannot be read: " + e.getMessage());
        }
    }

    private Optional<String> ofReference(String reference) {
        return config.policy(reference).isPresent()
                ? Optional.empty()
                : Optional.of("channel " + config.channel() + " has no policy " + Quoted.brief(reference));
    }

    private Optional<String> ofSignatures(SignaturePolicyEnvelope policy) {
        try {
            SignaturePolicy.of(policy, config.membership());
            return Optional.empty();
        } catch (PolicyException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
