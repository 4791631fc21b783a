package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.Quoted;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.policy.Policy;

/** Whether somebody whose signature, or sign-in, has been verified may use a resource of a channel. */
public final class AccessControl {
    private AccessControl() {}

    /**
     * Judges a caller.
     *
     * @param resource in Fabric's words, for example {@code qscc/GetChainInfo}
     * @param caller a serialised identity
     * @return why not, or empty if the caller may
     */
    public static Optional<String> refusal(ChannelConfig config, String resource, ByteString caller) {
        Policy policy;
        try {
            policy = config.policyFor(resource);
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    "no access rule of channel " + config.channel() + " covers [" + Quoted.brief(resource) + "]");
        }
        try {
            Identity identity = config.membership().deserialize(caller);
            config.membership().validate(identity);
            return policy.isSatisfiedBy(List.of(identity))
                    ? Optional.empty()
                    : Optional.of(refused(resource, "signature set did not satisfy policy"));
        } catch (IdentityException e) {
            return Optional.of(refused(resource, String.valueOf(e.getMessage())));
        }
    }

    private static String refused(String resource, String reason) {
        return "failed evaluating policy on signed data during check policy for [" + resource + "]: [" + reason + "]";
    }
}
