package org.jangbu.ledger.consortium;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy.Rule;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.policy.ImplicitMetaPolicy;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.PolicyException;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.PolicySyntaxException;
import org.jangbu.msp.policy.RolePrincipal;
import org.jangbu.msp.policy.SignaturePolicy;

/**
 * Who may found a channel: Fabric's ChannelCreationPolicy. {@code ANY Admins} (or ALL, or MAJORITY) is about the administrators of the
 * organisations that transact on the new channel; anything else is a signature policy over the members of the consortium. Who is an
 * administrator the consortium says, not the first block: that was written by whoever wants to found.
 */
final class CreationPolicy {
    static final String DEFAULT = "ANY Admins";
    private static final String ADMINS = "Admins";

    private final String text;
    private final Membership members;
    private final Optional<Rule> rule;
    private final Policy signature;

    private CreationPolicy(String text, Membership members, Optional<Rule> rule, Policy signature) {
        this.text = text;
        this.members = members;
        this.rule = rule;
        this.signature = signature;
    }

    static CreationPolicy of(String text, Membership members) throws ConsortiumException {
        try {
            if (text.startsWith("ANY ") || text.startsWith("ALL ") || text.startsWith("MAJORITY ")) {
                var implicit = ImplicitMetaPolicy.parse(text);
                if (!implicit.getSubPolicy().equals(ADMINS)) {
                    throw new ConsortiumException("channelCreationPolicy: organisations are asked for their " + ADMINS
                            + ", not for " + implicit.getSubPolicy());
                }
                return new CreationPolicy(text, members, Optional.of(implicit.getRule()), Policy.UNSATISFIABLE);
            }
            Policy signature = SignaturePolicy.of(PolicyLanguage.parse(text), members);
            return new CreationPolicy(text, members, Optional.empty(), signature);
        } catch (PolicySyntaxException | PolicyException e) {
            throw new ConsortiumException("channelCreationPolicy: " + e.getMessage(), e);
        }
    }

    /** What the policy demands for a channel that begins so. */
    Policy forChannel(ChannelConfig first) {
        if (rule.isEmpty()) {
            return signature;
        }
        List<Policy> administrators = new ArrayList<>();
        for (ChannelConfig.Organization organization : first.applicationOrganizations()) {
            administrators.add(administrator(organization));
        }
        try {
            return administrators.isEmpty() ? Policy.UNSATISFIABLE : ImplicitMetaPolicy.of(rule.get(), administrators);
        } catch (PolicyException e) {
            throw new IllegalStateException("the rule was parsed before", e);
        }
    }

    private Policy administrator(ChannelConfig.Organization organization) {
        RolePrincipal admin = new RolePrincipal(organization.mspId().value(), MSPRoleType.ADMIN);
        try {
            return SignaturePolicy.of(PolicyLanguage.parse("OR('" + admin + "')"), members);
        } catch (PolicySyntaxException | PolicyException e) {
            return Policy.UNSATISFIABLE; // an id that the language cannot write is no member's
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
