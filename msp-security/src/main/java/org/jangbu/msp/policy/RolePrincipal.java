package org.jangbu.msp.policy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;

/** A principal as the policy language writes it, {@code Org1MSP.peer}: whoever has a role in an MSP. */
public record RolePrincipal(String mspId, MSPRoleType role) {
    private static final Pattern TEXT = Pattern.compile("([a-zA-Z0-9.-]{1,249})\\.(member|admin|client|peer|orderer)");

    /** Reads the text; empty if it is none. */
    public static Optional<RolePrincipal> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new RolePrincipal(
                matcher.group(1), MSPRoleType.valueOf(matcher.group(2).toUpperCase(Locale.ROOT))));
    }

    /**
     * Reads the message.
     *
     * @throws PolicyException if the principal is not a role, or not one the language can write
     */
    public static RolePrincipal of(MSPPrincipal principal) throws PolicyException {
        if (principal.getPrincipalClassification() != MSPPrincipal.Classification.ROLE) {
            throw new PolicyException(
                    "a principal of kind " + principal.getPrincipalClassification() + " cannot be written as text");
        }
        try {
            MSPRole role = MSPRole.parseFrom(principal.getPrincipal());
            String text = role.getMspIdentifier() + "." + role.getRole().name().toLowerCase(Locale.ROOT);
            return parse(text).orElseThrow(() -> new PolicyException("a role cannot be written as text"));
        } catch (InvalidProtocolBufferException e) {
            throw new PolicyException("a principal is not readable", e);
        }
    }

    /** The message, as Fabric writes it. */
    public MSPPrincipal toPrincipal() {
        MSPRole content =
                MSPRole.newBuilder().setMspIdentifier(mspId).setRole(role).build();
        return MSPPrincipal.newBuilder()
                .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                .setPrincipal(content.toByteString())
                .build();
    }

    @Override
    public String toString() {
        return mspId + "." + role.name().toLowerCase(Locale.ROOT);
    }
}
