package org.jangbu.ledger.consortium;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy.Rule;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.model.MspId;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.policy.ImplicitMetaPolicy;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.PolicyException;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.PolicySyntaxException;
import org.jangbu.msp.policy.RolePrincipal;
import org.jangbu.msp.policy.SignaturePolicy;

/**
 * What a consortium leaves to its members: Fabric's ChannelCreationPolicy, and who takes in another member. {@code ANY Admins} (or ALL, or
 * MAJORITY) is about the administrators of the organisations concerned; anything else is a signature policy over the members. Who is an
 * administrator the consortium says, not what is handed in: that was written by whoever wants something.
 */
final class MembersPolicy {
    private static final String ADMINS = "Admins";

    private final String text;
    private final Membership members;
    private final Optional<Rule> rule;
    private final Policy signature;

    private MembersPolicy(String text, Membership members, Optional<Rule> rule, Policy signature) {
        this.text = text;
        this.members = members;
        this.rule = rule;
        this.signature = signature;
    }

    /** @param key the setting that holds the text, for the message */
    static MembersPolicy of(String key, String text, Membership members) throws ConsortiumException {
        try {
            if (text.startsWith("ANY ") || text.startsWith("ALL ") || text.startsWith("MAJORITY ")) {
                var implicit = ImplicitMetaPolicy.parse(text);
                if (!implicit.getSubPolicy().equals(ADMINS)) {
                    throw new ConsortiumException(key + ": organisations are asked for their " + ADMINS + ", not for "
                            + implicit.getSubPolicy());
                }
                return new MembersPolicy(text, members, Optional.of(implicit.getRule()), Policy.UNSATISFIABLE);
            }
            Policy signature = SignaturePolicy.of(PolicyLanguage.parse(text), members);
            return new MembersPolicy(text, members, Optional.empty(), signature);
        } catch (PolicySyntaxException | PolicyException e) {
            throw new ConsortiumException(key + ": " + e.getMessage(), e);
        }
    }

    /** What the policy demands where it is about these organisations. */
    Policy over(Collection<MspId> organizations) {
        if (rule.isEmpty()) {
            return signature;
        }
        List<Policy> administrators =
                organizations.stream().map(this::administrator).toList();
        try {
            return administrators.isEmpty() ? Policy.UNSATISFIABLE : ImplicitMetaPolicy.of(rule.get(), administrators);
        } catch (PolicyException e) {
            throw new IllegalStateException("the rule was parsed before", e);
        }
    }

    private Policy administrator(MspId organization) {
        RolePrincipal admin = new RolePrincipal(organization.value(), MSPRoleType.ADMIN);
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
