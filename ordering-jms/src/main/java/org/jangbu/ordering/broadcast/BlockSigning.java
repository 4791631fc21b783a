package org.jangbu.ordering.broadcast;

import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.policy.Policy;

/** Whether an orderer's blocks will be believed: the policy that the signatures of a channel's blocks must satisfy. */
public final class BlockSigning {
    private static final String BLOCK_VALIDATION = "/Channel/Orderer/BlockValidation";

    private BlockSigning() {}

    /** Why blocks that {@code orderer} alone has signed would not be taken under a configuration; empty if they would. */
    public static Optional<String> objection(ChannelConfig config, SigningIdentity orderer) {
        try {
            Identity self = config.membership().deserialize(orderer.serialized());
            config.membership().validate(self);
            return config.policy(BLOCK_VALIDATION).orElse(Policy.UNSATISFIABLE).isSatisfiedBy(List.of(self))
                    ? Optional.empty()
                    : Optional.of("its blocks would not satisfy " + BLOCK_VALIDATION);
        } catch (IdentityException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
