package org.jangbu.ledger.channel;

import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/** The signature policies that a configuration needs of itself: one signature of any of some roles of one MSP. */
final class RolePolicy {
    private RolePolicy() {}

    /** {@code OR('msp.role1', 'msp.role2', …)} as Fabric's tools compile it. */
    static SignaturePolicyEnvelope anyOf(String mspId, MSPRoleType... roles) {
        SignaturePolicyEnvelope.Builder envelope = SignaturePolicyEnvelope.newBuilder();
        SignaturePolicy.NOutOf.Builder one = SignaturePolicy.NOutOf.newBuilder().setN(1);
        for (MSPRoleType role : roles) {
            one.addRules(SignaturePolicy.newBuilder().setSignedBy(envelope.getIdentitiesCount()));
            envelope.addIdentities(MSPPrincipal.newBuilder()
                    .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                    .setPrincipal(MSPRole.newBuilder()
                            .setMspIdentifier(mspId)
                            .setRole(role)
                            .build()
                            .toByteString()));
        }
        return envelope.setRule(SignaturePolicy.newBuilder().setNOutOf(one)).build();
    }
}
