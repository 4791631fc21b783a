package org.jangbu.msp.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jangbu.msp.policy.PolicyMessages.envelope;
import static org.jangbu.msp.policy.PolicyMessages.gate;
import static org.jangbu.msp.policy.PolicyMessages.leaf;
import static org.jangbu.msp.policy.PolicyMessages.weights;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jangbu.msp.identity.Identity;
import org.junit.jupiter.api.Test;

class SignerSetsTest {
    private static final boolean X = true;
    private static final boolean o = false;

    @Test
    void lists_every_minimal_set_the_smallest_and_most_preferred_first() throws Exception {
        TableMembership members = new TableMembership(diagonal(4));
        var policy = gate(1, gate(2, leaf(2), leaf(3)), leaf(1), gate(2, leaf(0), leaf(2)));
        assertThat(sets(policy, members, 10)).containsExactly(List.of(1), List.of(0, 2), List.of(2, 3));
    }

    @Test
    void lists_the_sets_of_a_clause_of_weights() throws Exception {
        TableMembership members = new TableMembership(diagonal(4));
        assertThat(sets(weights(50, 30, 20, 20, 10), members, 10))
                .containsExactly(List.of(0, 1), List.of(0, 2), List.of(1, 2, 3));
    }

    @Test
    void says_how_many_sets_are_left_out() throws Exception {
        boolean[][] alike = new boolean[40][1];
        for (boolean[] row : alike) {
            row[0] = true;
        }
        TableMembership members = new TableMembership(alike);
        Policy policy = SignaturePolicy.of(envelope(0, 1, gate(3, leaf(0), leaf(0), leaf(0))), members);
        SignerSets<Identity> found = SignerSets.among(members.signers(), List.of(policy), members, 5);
        assertThat(found.sets()).hasSize(5).allSatisfy(set -> assertThat(set).hasSize(3));
        assertThat(found.leftOut()).isEqualTo(BigInteger.valueOf(9_880 - 5));
        assertThat(found.complete()).isTrue();
    }

    @Test
    void gives_up_on_too_many_sets_with_one_in_hand() throws Exception {
        int signers = 30;
        TableMembership members = new TableMembership(diagonal(signers));
        var half = gate(
                15,
                IntStream.range(0, signers)
                        .mapToObj(PolicyMessages::leaf)
                        .toArray(org.hyperledger.fabric.protos.common.SignaturePolicy[]::new));
        Policy policy = SignaturePolicy.of(envelope(0, signers, half), members);
        SignerSets<Identity> found = SignerSets.among(members.signers(), List.of(policy), members, 5);
        assertThat(found.complete()).isFalse();
        assertThat(found.sets()).hasSize(1);
        assertThat(found.sets().get(0))
                .containsExactlyElementsOf(members.signers().subList(0, 15));
        assertThat(SignerSets.smallest(members.signers(), List.of(policy), members))
                .contains(members.signers().subList(0, 15));
    }

    @Test
    void a_set_for_several_policies_satisfies_each() throws Exception {
        TableMembership members = new TableMembership(diagonal(3));
        Policy one = SignaturePolicy.of(envelope(0, 3, gate(1, leaf(0), leaf(1))), members);
        Policy two = SignaturePolicy.of(envelope(0, 3, gate(1, leaf(1), leaf(2))), members);
        assertThat(SignerSets.smallest(members.signers(), List.of(one, two), members))
                .contains(List.of(members.signers().get(1)));
    }

    @Test
    void keeps_the_versatile_for_what_nobody_else_can_do() throws Exception {
        // Signer 0 fits both, signer 1 only the first; in the order of the list the greedy rule would fail.
        TableMembership members = new TableMembership(new boolean[][] {{X, X}, {X, o}});
        Policy policy = SignaturePolicy.of(envelope(0, 2, gate(2, leaf(0), leaf(1))), members);
        assertThat(policy.isSatisfiedBy(members.signers())).isFalse();
        Optional<List<Identity>> set = SignerSets.smallest(members.signers(), List.of(policy), members);
        assertThat(set)
                .contains(List.of(members.signers().get(1), members.signers().get(0)));
        assertThat(policy.isSatisfiedBy(set.orElseThrow())).isTrue();
    }

    @Test
    void finds_nobody_where_nobody_would_do() throws Exception {
        TableMembership members = new TableMembership(diagonal(2));
        Policy policy = SignaturePolicy.of(envelope(0, 3, gate(1, leaf(2))), new TableMembership(new boolean[2][3]));
        assertThat(SignerSets.smallest(members.signers(), List.of(policy), new TableMembership(new boolean[2][3])))
                .isEmpty();
        assertThat(SignerSets.smallest(List.of(), List.of(Policy.UNSATISFIABLE), members))
                .isEmpty();
    }

    @Test
    void what_it_lists_of_random_policies_is_minimal_and_satisfies() throws Exception {
        Random random = new Random(5);
        int found = 0;
        for (int i = 0; i < 2_000; i++) {
            boolean[][] table = PolicyMessages.table(random, 1 + random.nextInt(5), 5);
            TableMembership members = new TableMembership(table);
            Policy policy = SignaturePolicy.of(SignaturePolicyPropertyTest.policy(random), members);
            for (List<Identity> set : SignerSets.among(members.signers(), List.of(policy), members, 100)
                    .sets()) {
                found++;
                assertThat(policy.isSatisfiedBy(set)).isTrue();
                for (Identity spare : set) {
                    List<Identity> fewer = new ArrayList<>(set);
                    fewer.remove(spare);
                    assertThat(policy.isSatisfiedBy(fewer))
                            .as("%s without %s: %s", set, spare, policy)
                            .isFalse();
                }
            }
        }
        assertThat(found).isGreaterThan(1_000);
    }

    @Test
    void says_in_words_who_could_satisfy_a_policy_whoever_there_is() throws Exception {
        SignerSets<String> sets = SignerSets.inWords(
                PolicyLanguage.parse("AND('A.peer', OR('B.peer', OutOf(2, 'C.peer', 'C.peer', 'D.admin')))"), 10);
        assertThat(sets.sets())
                .containsExactly(
                        List.of("B.peer", "A.peer"),
                        List.of("C.peer", "C.peer", "A.peer"),
                        List.of("C.peer", "D.admin", "A.peer"));
        assertThat(sets.complete()).isTrue();
        assertThat(SignerSets.inWords(PolicyLanguage.parse("Weights(3, 'A.peer'=2, 'B.peer'=1, 'C.peer'=1)"), 1))
                .isEqualTo(new SignerSets<>(List.of(List.of("A.peer", "B.peer")), BigInteger.ONE, true));
    }

    @Test
    void ends_soon_on_the_largest_policies() throws Exception {
        String many = "OR(" + "'A.peer',".repeat(7_000) + "'B.peer')";
        assertThat(SignerSets.inWords(PolicyLanguage.parse(many), 3).sets()).isNotEmpty();
        StringBuilder different = new StringBuilder("AND('M0.peer'");
        for (int i = 1; i < 3_000; i++) {
            different.append(",'M").append(i).append(".peer'");
        }
        assertThat(SignerSets.inWords(PolicyLanguage.parse(different + ")"), 3).complete())
                .isFalse();
    }

    private static List<List<Integer>> sets(
            org.hyperledger.fabric.protos.common.SignaturePolicy rule, TableMembership members, int most)
            throws PolicyException {
        List<Identity> signers = members.signers();
        int version = WeightClause.isClause(rule.getNOutOf()) ? 1 : 0;
        Policy policy = SignaturePolicy.of(envelope(version, 4, rule), members);
        return SignerSets.among(signers, List.of(policy), members, most).sets().stream()
                .map(set -> set.stream().map(signers::indexOf).toList())
                .toList();
    }

    private static boolean[][] diagonal(int size) {
        boolean[][] table = new boolean[size][size];
        for (int i = 0; i < size; i++) {
            table[i][i] = true;
        }
        return table;
    }
}
