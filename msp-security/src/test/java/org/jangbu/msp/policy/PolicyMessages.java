package org.jangbu.msp.policy;

import java.util.List;
import java.util.Random;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicy.NOutOf;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/** Messages of policies over the principals of a {@link TableMembership}. */
final class PolicyMessages {
    private PolicyMessages() {}

    static SignaturePolicy leaf(int principal) {
        return SignaturePolicy.newBuilder().setSignedBy(principal).build();
    }

    static SignaturePolicy gate(int n, SignaturePolicy... parts) {
        return SignaturePolicy.newBuilder()
                .setNOutOf(NOutOf.newBuilder().setN(n).addAllRules(List.of(parts)))
                .build();
    }

    /** A clause over the principals 0, 1, 2 … with these weights, written from its description. */
    static SignaturePolicy weights(int threshold, int... weights) {
        NOutOf.Builder clause = NOutOf.newBuilder().setN(threshold).addRules(SignaturePolicy.getDefaultInstance());
        for (int i = 0; i < weights.length; i++) {
            clause.addRules(gate(weights[i], leaf(i)));
        }
        return SignaturePolicy.newBuilder().setNOutOf(clause).build();
    }

    static SignaturePolicyEnvelope envelope(int version, int principals, SignaturePolicy rule) {
        SignaturePolicyEnvelope.Builder envelope =
                SignaturePolicyEnvelope.newBuilder().setVersion(version).setRule(rule);
        for (int i = 0; i < principals; i++) {
            envelope.addIdentities(TableMembership.principal(i));
        }
        return envelope.build();
    }

    /** Who may stand for what, at random: every third place is set. */
    static boolean[][] table(Random random, int signers, int principals) {
        boolean[][] table = new boolean[signers][principals];
        for (boolean[] row : table) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextInt(3) == 0;
            }
        }
        return table;
    }
}
