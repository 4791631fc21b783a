package org.jangbu.msp.membership;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.CombinedPrincipal;
import org.hyperledger.fabric.protos.common.MSPIdentityAnonymity;
import org.hyperledger.fabric.protos.common.MSPIdentityAnonymity.MSPIdentityAnonymityType;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.OrganizationUnit;
import org.jangbu.msp.identity.IdentityException;
import org.jangbu.msp.identity.X509Identity;

/** Turns {@code MSPPrincipal} messages into tests. What cannot be read or is unknown is satisfied by nobody. */
final class Principals {
    private static final Principal NOBODY = member -> false;
    /** Fabric sets no limit; this one keeps a hostile policy from exhausting the stack. */
    private static final int MAX_DEPTH = 16;

    private Principals() {}

    static Principal of(MSPPrincipal principal) {
        try {
            return of(principal, MAX_DEPTH);
        } catch (InvalidProtocolBufferException e) {
            return NOBODY;
        }
    }

    private static Principal of(MSPPrincipal principal, int depth) throws InvalidProtocolBufferException {
        ByteString content = principal.getPrincipal();
        return switch (principal.getPrincipalClassification()) {
            case ROLE -> role(MSPRole.parseFrom(content));
            case ORGANIZATION_UNIT -> unit(OrganizationUnit.parseFrom(content));
            case IDENTITY -> identity(content);
            case ANONYMITY -> anonymity(MSPIdentityAnonymity.parseFrom(content));
            case COMBINED -> combined(CombinedPrincipal.parseFrom(content), depth);
            case UNRECOGNIZED -> NOBODY;
        };
    }

    private static Principal role(MSPRole role) {
        return member -> member.isOf(role.getMspIdentifier())
                && member.standing().roles().contains(role.getRole());
    }

    private static Principal unit(OrganizationUnit unit) {
        return member -> member.isOf(unit.getMspIdentifier())
                && member.standing().units().contains(unit.getOrganizationalUnitIdentifier())
                && member.standing().certifiers().equals(unit.getCertifiersIdentifier());
    }

    private static Principal identity(ByteString serialized) {
        try {
            X509Identity one = X509Identity.parse(serialized);
            return member -> member.identity().fingerprint().equals(one.fingerprint());
        } catch (IdentityException e) {
            return NOBODY;
        }
    }

    /** An X.509 identity is always known by name. */
    private static Principal anonymity(MSPIdentityAnonymity anonymity) {
        boolean nominal = anonymity.getAnonymityType() == MSPIdentityAnonymityType.NOMINAL;
        return member -> nominal;
    }

    private static Principal combined(CombinedPrincipal combined, int depth) throws InvalidProtocolBufferException {
        if (depth == 0 || combined.getPrincipalsCount() == 0) {
            return NOBODY;
        }
        List<Principal> parts = new ArrayList<>();
        for (MSPPrincipal part : combined.getPrincipalsList()) {
            parts.add(of(part, depth - 1));
        }
        return member -> {
            for (Principal part : parts) {
                if (!part.isSatisfiedBy(member)) {
                    return false;
                }
            }
            return true;
        };
    }

    /** A test of valid members; whether the member is valid has been asked before. */
    @FunctionalInterface
    interface Principal {
        boolean isSatisfiedBy(Member member);
    }
}
