package org.jangbu.ledger.channel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.Consortium;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MspId;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.policy.Policy;

/**
 * A channel's configuration at one sequence, ready for use: what Fabric calls the bundle. Immutable; a configuration block makes a new one.
 *
 * @param config the tree it was built from
 * @param membership the MSPs of all its organisations, those of the orderer included
 * @param policies every policy by its absolute path, for example {@code /Channel/Application/Writers}
 * @param applicationOrganizations organisations of the application group
 * @param acls access rules that the channel overrides: resource to policy, as written there
 */
public record ChannelConfig(
        ChannelId channel,
        long sequence,
        Config config,
        Membership membership,
        Map<String, Policy> policies,
        OrdererSettings orderer,
        List<Organization> applicationOrganizations,
        List<Organization> ordererOrganizations,
        Map<String, String> acls) {

    /** The policy of that absolute path, if the channel has it. */
    public Optional<Policy> policy(String path) {
        return Optional.ofNullable(policies.get(path));
    }

    /**
     * The policy that guards a resource, for example {@code qscc/GetChainInfo}: what the channel's ACLs say, else Fabric's default. One that
     * nobody satisfies if the channel lacks the policy named.
     *
     * @throws IllegalArgumentException if no channel guards the resource: unknown, or a matter of the node's own MSP
     */
    public Policy policyFor(String resource) {
        return policy(AccessRules.policyPath(acls, resource)).orElse(Policy.UNSATISFIABLE);
    }

    /** The name of the consortium that the channel says it is of; empty if it names none. */
    public Optional<String> consortium() throws ChannelConfigException {
        try {
            String name = Consortium.parseFrom(ConfigValues.of(config.getChannelGroup(), ConfigPath.CONSORTIUM))
                    .getName();
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        } catch (InvalidProtocolBufferException e) {
            throw new ChannelConfigException(channel, "its value Consortium is not readable", e);
        }
    }

    /** The application organisation of an MSP. */
    public Optional<Organization> applicationOrganization(MspId mspId) {
        return applicationOrganizations.stream()
                .filter(organization -> organization.mspId().equals(mspId))
                .findFirst();
    }

    /**
     * An organisation.
     *
     * @param group the name of its config group
     * @param mspId the MSP it stands for
     * @param anchorPeers where peers of other organisations find its own; none for one that orders
     */
    public record Organization(String group, MspId mspId, List<ChannelProfile.Address> anchorPeers) {
        public Organization {
            anchorPeers = List.copyOf(anchorPeers);
        }
    }

    /**
     * What the orderer group says about blocks.
     *
     * @param maxMessageCount most transactions in a block
     * @param absoluteMaxBytes most bytes of one envelope; larger ones are refused
     * @param preferredMaxBytes bytes at which a block is cut
     * @param batchTimeout longest wait of a first transaction for company
     * @param consensusType name of the consensus
     * @param consensusMetadata settings of the consensus, as text properties where it is ours
     */
    public record OrdererSettings(
            int maxMessageCount,
            int absoluteMaxBytes,
            int preferredMaxBytes,
            Duration batchTimeout,
            String consensusType,
            Map<String, String> consensusMetadata,
            Set<String> capabilities) {}
}
