package org.jangbu.peer.lifecycle.node;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.jangbu.model.MspId;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.PolicyException;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.msp.policy.PolicySyntaxException;
import org.jangbu.msp.policy.SignaturePolicy;

/** The administrators of a peer's own organisation, by its local MSP: no channel has a say in what a peer installs or its organisation approves. */
final class LocalAdministrators {
    private final Membership local;
    private final Policy policy;

    LocalAdministrators(MspId organization, Membership local) {
        this.local = local;
        try {
            this.policy = SignaturePolicy.of(PolicyLanguage.parse("OR('" + organization + ".admin')"), local);
        } catch (PolicySyntaxException | PolicyException e) {
            throw new IllegalArgumentException("an MSP id makes a principal", e);
        }
    }

    /** Why somebody is none; empty for one. */
    Optional<String> refusal(ByteString caller) {
        String reason;
        try {
            Identity identity = local.deserialize(caller);
            local.validate(identity);
            if (policy.isSatisfiedBy(List.of(identity))) {
                return Optional.empty();
            }
            reason = "The identity is not an admin under this MSP";
        } catch (IdentityException e) {
            reason = String.valueOf(e.getMessage());
        }
        return Optional.of("Failed verifying that proposal's creator satisfies local MSP principal during channelless"
                + " check policy with policy [Admins]: [" + reason + "]");
    }
}
