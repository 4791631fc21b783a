package org.jangbu.msp.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.jangbu.msp.identity.Identity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The five policies that the requirement names, each against every one of the 128 sets of seven peers. */
class RequiredPoliciesTest {
    private static final String WEIGHTS = "p1=15, p2=10, p3=25, p4=20, p5=10, p6=10, p7=10";
    private static final int[] WEIGHT = {0, 15, 10, 25, 20, 10, 10, 10};

    private static SevenPeers peers;

    @BeforeAll
    static void enroll() throws Exception {
        peers = new SevenPeers();
    }

    @Test
    void all_of_seven_peers() throws Exception {
        assertAlike("AND(p1, p2, p3, p4, p5, p6, p7)", set -> set.cardinality() == 7);
    }

    @Test
    void any_one_of_seven_peers() throws Exception {
        assertAlike("OR(p1, p2, p3, p4, p5, p6, p7)", set -> set.cardinality() >= 1);
    }

    @Test
    void p1_or_p2_and_any_two_of_p5_p6_p7() throws Exception {
        assertAlike(
                "AND(OR(p1, p2), OutOf(2, p5, p6, p7))",
                set -> (set.get(1) || set.get(2)) && set.get(5, 8).cardinality() >= 2);
    }

    @Test
    void weights_of_all_seven_with_a_sum_of_at_least_fifty() throws Exception {
        assertAlike("Weights(50, " + WEIGHTS + ")", set -> sum(set) >= 50);
    }

    @Test
    void p1_or_p3_and_a_sum_of_at_least_forty() throws Exception {
        assertAlike(
                "AND(OR(p1, p3), Weights(40, " + WEIGHTS + "))", set -> (set.get(1) || set.get(3)) && sum(set) >= 40);
    }

    @Test
    void who_could_satisfy_the_weights_is_listed() throws Exception {
        SignerSets<Identity> sets = SignerSets.among(
                peers.all(), List.of(peers.policy("Weights(50, " + WEIGHTS + ")")), peers.membership(), 100);
        assertThat(sets.complete()).isTrue();
        assertThat(sets.leftOut()).isZero();
        assertThat(sets.sets().stream().map(peers::names))
                .startsWith("p1 p2 p3", "p1 p3 p4", "p1 p3 p5", "p1 p3 p6", "p1 p3 p7", "p2 p3 p4")
                .contains("p1 p2 p4 p5", "p2 p4 p5 p6")
                .doesNotContain("p1 p2 p3 p4");
    }

    @Test
    void a_refusal_says_in_words_what_is_missing() throws Exception {
        Policy both = peers.policy("AND(OR(p1, p3), Weights(40, " + WEIGHTS + "))");
        assertThat(both.missing(peers.signers("p2 p4")))
                .contains("(a signature by Org1MSP.node:p1 or a signature by Org1MSP.node:p3) and 10 more of weight "
                        + "(30 of 40 is there) by Org1MSP.node:p3=25, Org1MSP.node:p1=15, Org1MSP.node:p5=10, "
                        + "Org1MSP.node:p6=10, Org1MSP.node:p7=10");
        assertThat(both.missing(peers.signers("p1 p3"))).isEmpty();
        assertThat(peers.policy("AND(OR(p1, p2), OutOf(2, p5, p6, p7))").missing(peers.signers("p2")))
                .contains("2 of these: a signature by Org1MSP.node:p5, a signature by Org1MSP.node:p6, "
                        + "a signature by Org1MSP.node:p7");
        assertThat(peers.policy("AND('Org1MSP.peer', 'Org1MSP.peer')").missing(peers.signers("p2")))
                .contains("one more signature by Org1MSP.peer (those that came count elsewhere)");
    }

    private static void assertAlike(String text, Predicate<BitSet> expected) throws Exception {
        Policy policy = peers.policy(text);
        for (int bits = 0; bits < 128; bits++) {
            BitSet set = BitSet.valueOf(new long[] {(long) bits << 1});
            List<String> names = new ArrayList<>();
            set.stream().forEach(peer -> names.add("p" + peer));
            List<Identity> signers = peers.signers(String.join(" ", names));
            assertThat(policy.isSatisfiedBy(signers))
                    .as("%s by %s", text, names)
                    .isEqualTo(expected.test(set));
            assertThat(policy.missing(signers).isEmpty())
                    .as("%s by %s", text, names)
                    .isEqualTo(expected.test(set));
        }
    }

    private static int sum(BitSet set) {
        return set.stream().map(peer -> WEIGHT[peer]).sum();
    }
}
