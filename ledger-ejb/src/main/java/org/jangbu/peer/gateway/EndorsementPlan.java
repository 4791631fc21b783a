package org.jangbu.peer.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.SignerSets;

/**
 * Whom to ask for endorsements: the smallest set of peers that satisfies every policy, those first in the list preferred.
 *
 * @param peers in the order in which their endorsements are to stand in the transaction; empty if not even all candidates would do
 * @param missing in words what the candidates lack, where they do
 */
record EndorsementPlan(Optional<List<EndorsingPeer>> peers, String missing) {
    /**
     * Chooses peers.
     *
     * @param candidates in order of preference
     * @param policies all of which the endorsers must satisfy together; at least one
     */
    static EndorsementPlan choose(
            List<? extends EndorsingPeer> candidates, List<Policy> policies, ChannelConfig config) {
        Map<Identity, EndorsingPeer> byIdentity = new LinkedHashMap<>();
        for (EndorsingPeer candidate : candidates) {
            identity(candidate, config).ifPresent(identity -> byIdentity.putIfAbsent(identity, candidate));
        }
        List<Identity> identities = new ArrayList<>(byIdentity.keySet());
        Optional<List<EndorsingPeer>> chosen = SignerSets.smallest(identities, policies, config.membership())
                .map(set -> set.stream().map(byIdentity::get).toList());
        String missing = chosen.isPresent()
                ? ""
                : policies.stream()
                        .flatMap(policy -> policy.missing(identities).stream())
                        .findFirst()
                        .orElse("signers in another order");
        return new EndorsementPlan(chosen, missing);
    }

    /** What to do where no policy says: ask these. */
    static EndorsementPlan asking(List<EndorsingPeer> peers) {
        return new EndorsementPlan(Optional.of(List.copyOf(peers)), "");
    }

    /** Empty for a peer whose organisation is not, or no longer, of the channel: its signature counts for nothing. */
    private static Optional<Identity> identity(EndorsingPeer peer, ChannelConfig config) {
        try {
            Identity identity = config.membership().deserialize(peer.identity());
            config.membership().validate(identity);
            return Optional.of(identity);
        } catch (IdentityException e) {
            return Optional.empty();
        }
    }
}
