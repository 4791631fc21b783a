package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.policy.Policy;

/** Whether somebody may use a resource of a channel: Fabric's resources and default policies, which the channel's ACLs override. */
public final class AccessControl {
    private static final String APPLICATION = "/Channel/Application/";
    private static final String WRITERS = APPLICATION + "Writers";
    private static final String READERS = APPLICATION + "Readers";

    /** Resources whose default is the Writers policy; Readers guard all others. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "peer/Propose", WRITERS,
            "peer/ChaincodeToChaincode", WRITERS,
            "_lifecycle/CommitChaincodeDefinition", WRITERS,
            "_lifecycle/CheckCommitReadiness", WRITERS,
            "_lifecycle/QueryChaincodeDefinition", WRITERS,
            "_lifecycle/QueryChaincodeDefinitions", WRITERS);

    private AccessControl() {}

    /**
     * Checks a caller whose signature has been verified already.
     *
     * @return why not, or empty if the caller may
     */
    public static Optional<String> refusal(ChannelConfig config, String resource, ByteString caller) {
        String path = policyPath(config, resource);
        Optional<Policy> policy = config.policy(path);
        if (policy.isEmpty()) {
            return Optional.of("policy " + path + " was not found");
        }
        try {
            Identity identity = config.membership().deserialize(caller);
            config.membership().validate(identity);
            return policy.get().isSatisfiedBy(List.of(identity))
                    ? Optional.empty()
                    : Optional.of("failed evaluating policy on signed data during check policy [" + path
                            + "]: [signature set did not satisfy policy]");
        } catch (IdentityException e) {
            return Optional.of("failed evaluating policy on signed data during check policy [" + path + "]: ["
                    + e.getMessage() + "]");
        }
    }

    private static String policyPath(ChannelConfig config, String resource) {
        String override = config.acls().get(resource);
        if (override == null) {
            return DEFAULTS.getOrDefault(resource, READERS);
        }
        return override.startsWith("/") ? override : APPLICATION + override;
    }
}
