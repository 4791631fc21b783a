package org.jangbu.peer.validate;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.RolePolicy;
import org.jangbu.model.MspId;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.PolicyException;
import org.jangbu.msp.policy.SignaturePolicy;

/** The endorsement policies of one channel configuration, compiled when first asked for. A policy that cannot be read satisfies nobody. */
final class EndorsementPolicies {
    private static final String LIFECYCLE = "/Channel/Application/LifecycleEndorsement";
    private static final int MOST_REMEMBERED = 10_000;
    private static final int LONGEST_REMEMBERED = 16 << 10;

    private final ChannelConfig config;
    private final Map<ByteString, Policy> application = new ConcurrentHashMap<>();
    private final Map<ByteString, Policy> signature = new ConcurrentHashMap<>();

    EndorsementPolicies(ChannelConfig config) {
        this.config = config;
    }

    @SuppressWarnings(
            "ReferenceEquality") // the same bundle, not an equal one: comparing whole trees would cost more than
    // compiling again
    boolean isOf(ChannelConfig other) {
        return config == other;
    }

    /** A serialised {@code ApplicationPolicy}: what a definition holds for chaincode and collections. */
    Policy application(ByteString bytes) {
        return remembered(application, bytes, this::readApplication);
    }

    /** A serialised {@code SignaturePolicyEnvelope}: what a key's metadata holds. */
    Policy signature(ByteString bytes) {
        return remembered(signature, bytes, this::readSignature);
    }

    private static Policy remembered(
            Map<ByteString, Policy> known, ByteString bytes, Function<ByteString, Policy> reader) {
        if (bytes.size() > LONGEST_REMEMBERED) {
            return reader.apply(bytes);
        }
        if (known.size() >= MOST_REMEMBERED) {
            known.clear();
        }
        return known.computeIfAbsent(bytes, reader);
    }

    /** Writes to {@code _lifecycle}; a majority of the organisations where the channel does not say. */
    Policy lifecycle() {
        return config.policy(LIFECYCLE).orElseGet(() -> {
            int organizations = config.applicationOrganizations().size();
            return compile(RolePolicy.members(
                    organizations / 2 + 1,
                    config.applicationOrganizations().stream()
                            .map(ChannelConfig.Organization::mspId)
                            .toList()));
        });
    }

    /** An organisation's implicit collection; empty if the organisation is none of the channel's. */
    Optional<Policy> implicitCollection(String mspId) {
        return config.applicationOrganizations().stream()
                .filter(organization -> organization.mspId().value().equals(mspId))
                .findFirst()
                .map(organization -> config.policy("/Channel/Application/" + organization.group() + "/Endorsement")
                        .orElseGet(() -> compile(RolePolicy.members(1, List.of(new MspId(mspId))))));
    }

    private Policy readApplication(ByteString bytes) {
        try {
            ApplicationPolicy policy = ApplicationPolicy.parseFrom(bytes);
            return switch (policy.getTypeCase()) {
                case SIGNATURE_POLICY -> compile(policy.getSignaturePolicy());
                case CHANNEL_CONFIG_POLICY_REFERENCE ->
                    config.policy(policy.getChannelConfigPolicyReference()).orElse(Policy.UNSATISFIABLE);
                case TYPE_NOT_SET -> Policy.UNSATISFIABLE;
            };
        } catch (InvalidProtocolBufferException e) {
            return Policy.UNSATISFIABLE;
        }
    }

    private Policy readSignature(ByteString bytes) {
        try {
            return compile(SignaturePolicyEnvelope.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            return Policy.UNSATISFIABLE;
        }
    }

    private Policy compile(SignaturePolicyEnvelope envelope) {
        try {
            return SignaturePolicy.of(envelope, config.membership());
        } catch (PolicyException e) {
            return Policy.UNSATISFIABLE;
        }
    }
}
