package org.jangbu.peer.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.jangbu.ledger.channel.ChannelConfig;
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

    /** The policy of a chaincode on a channel; empty if it has none that can be read. */
    Optional<Policy> of(JoinedChannel channel, String chaincode) {
        ChannelConfig config = channel.config();
        if (chaincode.equals(ChaincodeName.LIFECYCLE.value())) {
            return config.policy(LIFECYCLE_POLICY);
        }
        if (!ChaincodeName.isValid(chaincode)) {
            return Optional.empty();
        }
        return definitions
                .current(channel.ledger(), new ChaincodeName(chaincode))
                .flatMap(definition -> of(config, definition));
    }

    private static Optional<Policy> of(ChannelConfig config, ChaincodeDefinition definition) {
        try {
            ApplicationPolicy policy = ApplicationPolicy.parseFrom(definition.validationParameter());
            return policy.hasSignaturePolicy()
                    ? Optional.of(SignaturePolicy.of(policy.getSignaturePolicy(), config.membership()))
                    : config.policy(policy.getChannelConfigPolicyReference());
        } catch (InvalidProtocolBufferException | PolicyException e) {
            return Optional.empty();
        }
    }
}
