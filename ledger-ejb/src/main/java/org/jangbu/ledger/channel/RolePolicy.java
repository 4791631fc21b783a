package org.jangbu.ledger.channel;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.jangbu.model.MspId;

/** The signature policies over roles that Fabric falls back on, or writes into a first configuration. */
public final class RolePolicy {
    private RolePolicy() {}

    /** {@code OR('msp.role1', 'msp.role2', …)} as Fabric's tools compile it. */
    static SignaturePolicyEnvelope anyOf(String mspId, MSPRoleType... roles) {
        return outOf(1, Stream.of(roles).map(role -> principal(mspId, role)).toList());
    }

    /** {@code OutOf(n, 'msp1.member', 'msp2.member', …)}, in the order of the MSPs' ids. */
    public static SignaturePolicyEnvelope members(int n, Collection<MspId> mspIds) {
        return outOf(
                n,
                mspIds.stream()
                        .sorted()
                        .map(mspId -> principal(mspId.value(), MSPRoleType.MEMBER))
                        .toList());
    }

    /** Any one of some principals; nobody where there are none. */
    static SignaturePolicyEnvelope anyOf(List<MSPPrincipal> principals) {
        return outOf(1, principals);
    }

    private static SignaturePolicyEnvelope outOf(int n, List<MSPPrincipal> principals) {
        SignaturePolicy.NOutOf.Builder rule =
                SignaturePolicy.NOutOf.newBuilder().setN(n);
        for (int i = 0; i < principals.size(); i++) {
            rule.addRules(SignaturePolicy.newBuilder().setSignedBy(i));
        }
        return SignaturePolicyEnvelope.newBuilder()
                .setRule(SignaturePolicy.newBuilder().setNOutOf(rule))
                .addAllIdentities(principals)
                .build();
    }

    private static MSPPrincipal principal(String mspId, MSPRoleType role) {
        return MSPPrincipal.newBuilder()
                .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                .setPrincipal(MSPRole.newBuilder()
                        .setMspIdentifier(mspId)
                        .setRole(role)
                        .build()
                        .toByteString())
                .build();
    }
}
