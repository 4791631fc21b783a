package org.jangbu.ledger.channel;

import java.util.Optional;
import org.jangbu.ledger.channel.ChannelConfig.Organization;
import org.jangbu.msp.policy.Policy;

/**
 * A role that an organisation gives to some of its peers on a channel: a policy of the organisation's own group, by a name that Fabric's tools
 * do not know and leave alone. A peer has the role if its identity alone satisfies the policy, by custom one over single nodes.
 */
public enum PeerRole {
    /** Simulates and signs proposals. */
    ENDORSING("EndorsingPeers"),
    /** Fetches blocks from the orderer for the other peers of its organisation. */
    LEADING("LeadingPeers");

    private final String policy;

    PeerRole(String policy) {
        this.policy = policy;
    }

    /** The policy's name. */
    public String policy() {
        return policy;
    }

    /** What an organisation says about the role, if anything. */
    public Optional<Policy> policy(ChannelConfig config, Organization organization) {
        return config.policy(path(organization));
    }

    /** Where an organisation says it. */
    public String path(Organization organization) {
        return "/" + ConfigPath.CHANNEL + "/" + ConfigPath.APPLICATION + "/" + organization.group() + "/" + policy;
    }
}
