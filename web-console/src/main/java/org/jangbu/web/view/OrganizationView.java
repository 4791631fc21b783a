package org.jangbu.web.view;

import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelProfile;
import org.jangbu.ledger.channel.PeerRole;

/**
 * An organisation that transacts on a channel, and which of its peers have which role there.
 *
 * @param endorsing the policy that endorsing peers satisfy, in words; absent where each peer's own settings decide
 * @param leading the policy of leading peers, likewise
 * @param anchorPeers addresses of its anchor peers
 */
public record OrganizationView(
        String mspId, Optional<String> endorsing, Optional<String> leading, List<String> anchorPeers) {
    /** The organisations of a channel, in the order of their groups. */
    public static List<OrganizationView> of(ChannelConfig config) {
        return config.applicationOrganizations().stream()
                .map(organization -> of(config, organization))
                .toList();
    }

    private static OrganizationView of(ChannelConfig config, ChannelConfig.Organization organization) {
        return new OrganizationView(
                organization.mspId().value(),
                PeerRole.ENDORSING.policy(config, organization).map(Object::toString),
                PeerRole.LEADING.policy(config, organization).map(Object::toString),
                organization.anchorPeers().stream()
                        .map(ChannelProfile.Address::toString)
                        .toList());
    }
}
