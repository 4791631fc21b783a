package org.jangbu.msp.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.jangbu.msp.identity.Identity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Weights against brute force: every set of signers, every way to assign them. */
class WeightsPropertyTest {
    private static final int PRINCIPALS = 4;
    private static final int MOST_SIGNERS = 4;

    @Test
    void agree_with_brute_force_over_all_signer_sets_of_twenty_thousand_policies() throws Exception {
        agree(20_000, 19191101);
    }

    @Test
    @Tag("soak")
    void agree_with_brute_force_over_all_signer_sets_of_a_million_policies() throws Exception {
        agree(1_000_000, 20260301);
    }

    private static void agree(int cases, long seed) throws Exception {
        Random random = new Random(seed);
        long accepted = 0;
        long asked = 0;
        for (int i = 0; i < cases; i++) {
            boolean[][] table = PolicyMessages.table(random, 1 + random.nextInt(MOST_SIGNERS), PRINCIPALS);
            int[] weights = random.ints(PRINCIPALS, 1, 30).toArray();
            int sum = java.util.Arrays.stream(weights).sum();
            int threshold = 1 + random.nextInt(Math.max(1, sum / 2));
            // Beside the clause a leaf, which takes somebody: the clause must not notice.
            SignaturePolicyEnvelope policy = PolicyMessages.envelope(
                    1,
                    PRINCIPALS,
                    PolicyMessages.gate(2, PolicyMessages.leaf(0), PolicyMessages.weights(threshold, weights)));
            TableMembership membership = new TableMembership(table);
            SignaturePolicy compiled = SignaturePolicy.of(policy, membership);
            for (int set = 0; set < 1 << table.length; set++) {
                boolean expected = anyFitsFirst(table, set) && heaviest(table, weights, set, 0) >= threshold;
                boolean verdict = compiled.isSatisfiedBy(chosen(membership.signers(), set));
                assertThat(verdict)
                        .as("case %d of seed %d, signers %d: %s", i, seed, set, policy)
                        .isEqualTo(expected);
                accepted += verdict ? 1 : 0;
                asked++;
            }
        }
        assertThat(accepted).as("both verdicts must occur often").isBetween(asked / 20, asked * 9 / 10);
    }

    private static boolean anyFitsFirst(boolean[][] table, int set) {
        for (int signer = 0; signer < table.length; signer++) {
            if ((set & 1 << signer) != 0 && table[signer][0]) {
                return true;
            }
        }
        return false;
    }

    /** The most weight that the signers of the set can carry from this principal on, by trying everything. */
    private static int heaviest(boolean[][] table, int[] weights, int set, int principal) {
        if (principal == weights.length) {
            return 0;
        }
        int best = heaviest(table, weights, set, principal + 1);
        for (int signer = 0; signer < table.length; signer++) {
            if ((set & 1 << signer) != 0 && table[signer][principal]) {
                best = Math.max(
                        best, weights[principal] + heaviest(table, weights, set & ~(1 << signer), principal + 1));
            }
        }
        return best;
    }

    private static List<Identity> chosen(List<Identity> signers, int set) {
        List<Identity> chosen = new ArrayList<>();
        for (int i = 0; i < signers.size(); i++) {
            if ((set & 1 << i) != 0) {
                chosen.add(signers.get(i));
            }
        }
        return chosen;
    }
}
