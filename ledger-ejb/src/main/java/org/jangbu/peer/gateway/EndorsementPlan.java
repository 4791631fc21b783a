package org.jangbu.peer.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.policy.Policy;

/** Chooses endorsers: as few as satisfy every policy, those first in the list preferred. */
final class EndorsementPlan {
    private EndorsementPlan() {}

    /**
     * Chooses peers.
     *
     * @param candidates in order of preference
     * @param policies all of which the endorsers must satisfy together; at least one
     * @return empty if not even all candidates do
     */
    static Optional<List<HostedPeer>> choose(List<HostedPeer> candidates, List<Policy> policies, ChannelConfig config) {
        List<HostedPeer> chosen = new ArrayList<>();
        for (HostedPeer candidate : candidates) {
            chosen.add(candidate);
            if (satisfied(chosen, policies, config)) {
                return Optional.of(withoutNeedless(chosen, policies, config));
            }
        }
        return Optional.empty();
    }

    /** Whether endorsements of these peers would do. */
    static boolean satisfied(List<HostedPeer> peers, List<Policy> policies, ChannelConfig config) {
        List<Identity> identities = new ArrayList<>();
        for (HostedPeer peer : peers) {
            identity(peer, config).ifPresent(identities::add);
        }
        return policies.stream().allMatch(policy -> policy.isSatisfiedBy(identities));
    }

    /** Empty for a peer whose organisation is not, or no longer, of the channel: its signature counts for nothing. */
    private static Optional<Identity> identity(HostedPeer peer, ChannelConfig config) {
        try {
            Identity identity = config.membership().deserialize(peer.identity());
            config.membership().validate(identity);
            return Optional.of(identity);
        } catch (IdentityException e) {
            return Optional.empty();
        }
    }

    private static List<HostedPeer> withoutNeedless(
            List<HostedPeer> enough, List<Policy> policies, ChannelConfig config) {
        List<HostedPeer> fewest = new ArrayList<>(enough);
        // From the least preferred on; the last one added is needed by construction.
        for (int i = fewest.size() - 2; i >= 0; i--) {
            List<HostedPeer> fewer = new ArrayList<>(fewest);
            fewer.remove(i);
            if (satisfied(fewer, policies, config)) {
                fewest = fewer;
            }
        }
        return fewest;
    }
}
