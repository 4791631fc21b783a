package org.jangbu.msp.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.hyperledger.fabric.protos.common.SignaturePolicy.NOutOf;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random policies, random signers: two evaluators that were written apart must agree on every one. */
class SignaturePolicyPropertyTest {
    private static final int PRINCIPALS = 5;

    @Test
    void agrees_with_a_second_evaluator_on_twenty_thousand_policies() throws Exception {
        agree(20_000, 20261122);
    }

    @Test
    @Tag("soak")
    void agrees_with_a_second_evaluator_on_a_million_policies() throws Exception {
        agree(1_000_000, 19430815);
    }

    private static void agree(int cases, long seed) throws Exception {
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < cases; i++) {
            boolean[][] table = table(random);
            SignaturePolicyEnvelope policy = policy(random);
            TableMembership membership = new TableMembership(table);
            boolean verdict = SignaturePolicy.of(policy, membership).isSatisfiedBy(membership.signers());
            boolean expected = new FunctionalEvaluator(table.length, (signer, principal) -> table[signer][principal])
                    .accepts(policy.getRule());
            assertThat(verdict).as("case %d of seed %d: %s", i, seed, policy).isEqualTo(expected);
            accepted += verdict ? 1 : 0;
        }
        assertThat(accepted).as("both verdicts must occur often").isBetween(cases / 10, cases * 9 / 10);
    }

    private static boolean[][] table(Random random) {
        boolean[][] table = new boolean[random.nextInt(7)][PRINCIPALS];
        for (boolean[] row : table) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextInt(3) == 0;
            }
        }
        return table;
    }

    static SignaturePolicyEnvelope policy(Random random) {
        SignaturePolicyEnvelope.Builder policy = SignaturePolicyEnvelope.newBuilder();
        for (int i = 0; i < PRINCIPALS; i++) {
            policy.addIdentities(TableMembership.principal(i));
        }
        return policy.setRule(gate(random, 3)).build();
    }

    private static org.hyperledger.fabric.protos.common.SignaturePolicy gate(Random random, int depth) {
        NOutOf.Builder gate = NOutOf.newBuilder();
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            gate.addRules(
                    depth > 0 && random.nextInt(3) == 0
                            ? gate(random, depth - 1)
                            : org.hyperledger.fabric.protos.common.SignaturePolicy.newBuilder()
                                    .setSignedBy(random.nextInt(PRINCIPALS))
                                    .build());
        }
        gate.setN(random.nextInt(parts + 1) + (random.nextInt(20) == 0 ? 1 : 0));
        return org.hyperledger.fabric.protos.common.SignaturePolicy.newBuilder()
                .setNOutOf(gate)
                .build();
    }
}
