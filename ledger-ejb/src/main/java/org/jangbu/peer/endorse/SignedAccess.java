package org.jangbu.peer.endorse;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.MspId;
import org.jangbu.model.Quoted;
import org.jangbu.msp.identity.Identity;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.Membership;
import org.jangbu.msp.policy.Policy;
import org.jangbu.msp.policy.RolePrincipal;
import org.jangbu.msp.policy.SignedData;

/** Whether somebody who has signed a request may use a resource of a channel: the signature is verified, and the signer judged as at every door. */
public final class SignedAccess {
    private final DoorCheck door;

    public SignedAccess(DoorCheck door) {
        this.door = door;
    }

    /**
     * Judges a request by the access rule of a resource.
     *
     * @return why not, or empty if the signer may
     */
    public Optional<String> refusal(ChannelConfig config, String resource, SignedData request) {
        Policy policy;
        try {
            policy = config.policyFor(resource);
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    "no access rule of channel " + config.channel() + " covers [" + Quoted.brief(resource) + "]");
        }
        return refusal(config, policy, resource, request);
    }

    /** Judges a request by a policy; {@code purpose} says in the answer what it guards. */
    public Optional<String> refusal(ChannelConfig config, Policy policy, String purpose, SignedData request) {
        Optional<String> lapsed = lapse(config, request);
        if (lapsed.isPresent()) {
            return Optional.of(refused(purpose, lapsed.get()));
        }
        return policy.isSatisfiedBySignatures(List.of(request))
                ? Optional.empty()
                : Optional.of(refused(purpose, "signature set did not satisfy policy"));
    }

    /** Why a signer who was let in earlier may not go on: expired, revoked, or no longer of the channel. Empty if all is well. */
    public Optional<String> lapse(ChannelConfig config, SignedData request) {
        try {
            door.check(config.membership(), config.membership().deserialize(request.identity()));
            return Optional.empty();
        } catch (IdentityException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Whether whoever has signed a request has a role in an organisation, by the MSP of one node; for what concerns no channel. */
    public boolean hasRole(Membership membership, MspId organization, MSPRoleType role, SignedData request) {
        try {
            Identity signer = membership.deserialize(request.identity());
            door.check(membership, signer);
            return signer.verifies(request.signature(), request.data().toArray(ByteString[]::new))
                    && membership.satisfies(signer, new RolePrincipal(organization.value(), role).toPrincipal());
        } catch (IdentityException e) {
            return false;
        }
    }

    private static String refused(String purpose, String reason) {
        return "failed evaluating policy on signed data during check policy for [" + purpose + "]: [" + reason + "]";
    }
}
