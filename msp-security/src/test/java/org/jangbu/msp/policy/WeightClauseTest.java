package org.jangbu.msp.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jangbu.msp.policy.PolicyMessages.envelope;
import static org.jangbu.msp.policy.PolicyMessages.gate;
import static org.jangbu.msp.policy.PolicyMessages.leaf;
import static org.jangbu.msp.policy.PolicyMessages.weights;

import java.util.HexFormat;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicy.NOutOf;
import org.junit.jupiter.api.Test;

class WeightClauseTest {
    private static final boolean X = true;
    private static final boolean o = false;

    @Test
    void adds_the_weights_of_those_who_signed() throws Exception {
        SignaturePolicy clause = weights(50, 25, 20, 15);
        assertThat(satisfied(clause, new boolean[][] {{X, o, o}, {o, X, o}})).isFalse();
        assertThat(satisfied(clause, new boolean[][] {{X, o, o}, {o, X, o}, {o, o, X}}))
                .isTrue();
    }

    @Test
    void a_signer_counts_once_within_the_clause() throws Exception {
        assertThat(satisfied(weights(50, 25, 25), new boolean[][] {{X, X}})).isFalse();
        assertThat(satisfied(weights(50, 25, 25), new boolean[][] {{X, X}, {X, o}}))
                .isTrue();
    }

    @Test
    void two_signers_for_one_principal_have_its_weight_once() throws Exception {
        assertThat(satisfied(weights(50, 25, 25), new boolean[][] {{X, o}, {X, o}, {X, o}}))
                .isFalse();
    }

    @Test
    void finds_the_assignment_that_weighs_most_whatever_the_order() throws Exception {
        // The first signer could take the heavy principal, which is the only one the second has.
        boolean[][] table = {{X, X}, {X, o}};
        assertThat(satisfied(weights(50, 40, 10), table)).isTrue();
        assertThat(satisfied(weights(50, 10, 40), new boolean[][] {{X, X}, {o, X}}))
                .isTrue();
    }

    @Test
    void consumes_nobody_outside_and_is_not_consumed() throws Exception {
        assertThat(satisfied(gate(2, leaf(0), weights(50, 25, 25)), new boolean[][] {{X, o}, {o, X}}))
                .isTrue();
        assertThat(satisfied(gate(2, weights(50, 25, 25), leaf(0)), new boolean[][] {{X, o}, {o, X}}))
                .isTrue();
        assertThat(satisfied(gate(2, weights(25, 25), weights(25, 25)), new boolean[][] {{X}}))
                .isTrue();
    }

    @Test
    void has_an_encoding_that_never_changes() throws Exception {
        assertThat(HexFormat.of()
                        .formatHex(PolicyLanguage.parse("Weights(3, 'A.peer'=2, 'B.peer'=1)")
                                .toByteArray()))
                .isEqualTo("0801" + "121a" + "1218" + "0803" + "1200" + "1208" + "1206" + "0802" + "12020800" + "1208"
                        + "1206" + "0801" + "12020801" + "1a07" + "1205" + "0a0141" + "1003" + "1a07" + "1205"
                        + "0a0142" + "1003");
    }

    @Test
    void plain_fabric_would_refuse_it_by_its_version_and_by_its_empty_rule() {
        assertRefused(0, weights(50, 25, 25), "empty");
        assertRefused(2, weights(50, 25, 25), "version 2");
    }

    @Test
    void refuses_version_1_without_weights_so_that_a_policy_has_one_form() {
        assertRefused(1, gate(1, leaf(0)), "has weights");
    }

    @Test
    void refuses_clauses_that_make_no_sense() {
        assertRefused(1, weights(0, 1), "cannot be asked to reach 0");
        assertRefused(1, weights(-5, 1), "cannot be asked to reach -5");
        assertRefused(1, weights(3, 1, 1), "all weights together are 2");
        assertRefused(1, weights(1), "1 to 256 principals");
        assertRefused(1, weights(1, new int[257]), "1 to 256 principals");
        assertRefused(1, weights(1, 0), "a weight is 1 to");
        assertRefused(1, weights(1, 1_000_001), "a weight is 1 to");
        assertRefused(1, weights(1, -1, 5), "a weight is 1 to");
        SignaturePolicy bare = SignaturePolicy.newBuilder()
                .setNOutOf(NOutOf.newBuilder()
                        .setN(1)
                        .addRules(SignaturePolicy.getDefaultInstance())
                        .addRules(leaf(0)))
                .build();
        assertRefused(1, bare, "one principal");
        SignaturePolicy nested = SignaturePolicy.newBuilder()
                .setNOutOf(NOutOf.newBuilder()
                        .setN(1)
                        .addRules(SignaturePolicy.getDefaultInstance())
                        .addRules(gate(1, gate(1, leaf(0)))))
                .build();
        assertRefused(1, nested, "one principal");
        assertThatThrownBy(() -> compile(1, 1, weights(2, 1, 1)))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("identity 1 of 1");
    }

    @Test
    void the_largest_clause_is_decided() throws Exception {
        int[] weights = new int[256];
        java.util.Arrays.fill(weights, 1_000_000);
        boolean[][] everybody = new boolean[300][256];
        for (boolean[] row : everybody) {
            java.util.Arrays.fill(row, true);
        }
        assertThat(satisfied(weights(256_000_000, weights), everybody)).isTrue();
        assertThat(satisfied(weights(256_000_000, weights), java.util.Arrays.copyOf(everybody, 255)))
                .isFalse();
    }

    private static void assertRefused(int version, SignaturePolicy rule, String reason) {
        assertThatThrownBy(() -> compile(version, 300, rule))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(reason);
    }

    private static boolean satisfied(SignaturePolicy rule, boolean[][] table) throws PolicyException {
        TableMembership members = new TableMembership(table);
        return org.jangbu.msp.policy.SignaturePolicy.of(envelope(1, table[0].length, rule), members)
                .isSatisfiedBy(members.signers());
    }

    private static void compile(int version, int principals, SignaturePolicy rule) throws PolicyException {
        RuleCompiler.compile(envelope(version, principals, rule));
    }
}
