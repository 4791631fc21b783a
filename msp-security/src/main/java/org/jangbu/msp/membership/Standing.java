package org.jangbu.msp.membership;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.jangbu.msp.identity.IdentityException;
import org.jspecify.annotations.Nullable;

/**
 * What an MSP says of one identity, found once: whether it is valid, and if so its roles, units and who certified it.
 *
 * @param refusal why it is not valid; null if it is
 */
record Standing(@Nullable Refusal refusal, Set<MSPRoleType> roles, List<String> units, ByteString certifiers) {
    Standing {
        roles = Set.copyOf(roles);
        units = List.copyOf(units);
    }

    static Standing refused(RefusedCertificateException e) {
        return new Standing(
                new Refusal(e.reason(), String.valueOf(e.getMessage())), Set.of(), List.of(), ByteString.EMPTY);
    }

    boolean valid() {
        return refusal == null;
    }

    /** Why an identity is refused, as a value: it is told as often as somebody asks. */
    record Refusal(IdentityException.Reason reason, String message) {
        IdentityException toException() {
            return new IdentityException(reason, message);
        }
    }
}
