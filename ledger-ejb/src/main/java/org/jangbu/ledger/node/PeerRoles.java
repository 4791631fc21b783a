package org.jangbu.ledger.node;

import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.PeerRole;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.policy.Policy;

/**
 * What a peer does on a channel besides committing, which every peer does. The channel's configuration says it, so that a configuration
 * block changes it from the next block on.
 *
 * @param endorsing whether it simulates and signs proposals
 * @param leading whether it is to fetch blocks for the others of its organisation
 * @param anchor whether peers of other organisations find its organisation at its address
 */
public record PeerRoles(boolean endorsing, boolean leading, boolean anchor) {
    /** The roles of a peer by a channel's configuration. */
    public static PeerRoles of(LocalNode node, ChannelConfig config) {
        Optional<ChannelConfig.Organization> organization = config.applicationOrganization(node.mspId());
        return new PeerRoles(
                endorses(node, config),
                organization
                        .flatMap(own -> PeerRole.LEADING.policy(config, own))
                        .map(policy -> satisfies(node, config, policy))
                        .orElse(false),
                organization
                        .filter(own -> own.anchorPeers().stream()
                                .anyMatch(anchor -> anchor.toString().equals(node.address())))
                        .isPresent());
    }

    /** Whether a peer endorses on a channel; its own settings decide where its organisation says nothing there. */
    public static boolean endorses(LocalNode node, ChannelConfig config) {
        return config.applicationOrganization(node.mspId())
                .flatMap(own -> PeerRole.ENDORSING.policy(config, own))
                .map(policy -> satisfies(node, config, policy))
                .orElse(node.endorsing());
    }

    /** By the identity that the node has now; one that is not valid on the channel has no role there. */
    private static boolean satisfies(LocalNode node, ChannelConfig config, Policy policy) {
        try {
            Identity identity =
                    config.membership().deserialize(node.signer().current().serialized());
            config.membership().validate(identity);
            return policy.isSatisfiedBy(List.of(identity));
        } catch (IdentityException e) {
            return false;
        }
    }
}
