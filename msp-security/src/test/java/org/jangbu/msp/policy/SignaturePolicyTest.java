package org.jangbu.msp.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.SignaturePolicy.NOutOf;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;
import org.junit.jupiter.api.Test;

class SignaturePolicyTest {
    private static final boolean X = true;
    private static final boolean o = false;

    @Test
    void a_signer_stands_for_one_principal_only() throws Exception {
        assertThat(satisfied(gate(2, leaf(0), leaf(0)), new boolean[][] {{X}})).isFalse();
        assertThat(satisfied(gate(2, leaf(0), leaf(0)), new boolean[][] {{X}, {X}}))
                .isTrue();
    }

    @Test
    void takes_the_first_signer_that_fits_even_if_another_order_would_succeed() throws Exception {
        // Signer 0 fits both principals, signer 1 only the first: the first leaf takes signer 0, and nobody is left for
        // the second.
        assertThat(satisfied(gate(2, leaf(0), leaf(1)), new boolean[][] {{X, X}, {X, o}}))
                .isFalse();
        assertThat(satisfied(gate(2, leaf(1), leaf(0)), new boolean[][] {{X, X}, {X, o}}))
                .isTrue();
    }

    @Test
    void a_part_that_fails_gives_back_its_signers() throws Exception {
        var failing = gate(2, leaf(0), leaf(1));
        assertThat(satisfied(gate(1, failing, leaf(0)), new boolean[][] {{X, o}}))
                .isTrue();
    }

    @Test
    void parts_after_the_last_needed_success_still_use_up_signers() throws Exception {
        // The inner gate needs one of two and takes both signers, so the leaf after it finds none.
        var greedy = gate(1, leaf(0), leaf(0));
        assertThat(satisfied(gate(2, greedy, leaf(0)), new boolean[][] {{X}, {X}}))
                .isFalse();
        assertThat(satisfied(gate(2, greedy, leaf(0)), new boolean[][] {{X}, {X}, {X}}))
                .isTrue();
    }

    @Test
    void nobody_is_needed_for_none_of_many() throws Exception {
        assertThat(satisfied(gate(0, leaf(0)), new boolean[0][])).isTrue();
    }

    @Test
    void refuses_other_versions_lost_indexes_and_empty_rules() {
        assertRefused(SignaturePolicyEnvelope.newBuilder().setVersion(2).setRule(leaf(0)), "version 2");
        assertRefused(SignaturePolicyEnvelope.newBuilder().setRule(leaf(0)), "identity 0 of 0");
        assertRefused(SignaturePolicyEnvelope.newBuilder().setRule(leaf(-1)), "identity -1");
        assertRefused(SignaturePolicyEnvelope.newBuilder(), "empty");
        assertThatThrownBy(() -> SignaturePolicy.of(ByteString.copyFromUtf8("no policy"), members(new boolean[0][])))
                .isInstanceOf(PolicyException.class);
    }

    @Test
    void counts_each_signer_once_and_only_with_a_good_signature() throws Exception {
        boolean[][] table = {{X}, {X}};
        SignaturePolicy two = SignaturePolicy.of(envelope(gate(2, leaf(0), leaf(0)), 1), members(table));
        assertThat(two.isSatisfiedBySignatures(List.of(signed(0, "good"), signed(1, "good"))))
                .isTrue();
        assertThat(two.isSatisfiedBySignatures(List.of(signed(0, "good"), signed(0, "good"))))
                .isFalse();
        assertThat(two.isSatisfiedBySignatures(List.of(signed(0, "good"), signed(1, "bad"))))
                .isFalse();
        assertThat(two.isSatisfiedBySignatures(List.of(signed(0, "bad"), signed(0, "good"), signed(1, "good"))))
                .as("a bad signature does not spoil a later good one")
                .isTrue();
    }

    private static SignedData signed(int signer, String signature) {
        return new SignedData(
                List.of(ByteString.copyFromUtf8("data")),
                ByteString.copyFrom(new byte[] {(byte) signer}),
                ByteString.copyFromUtf8(signature));
    }

    private static void assertRefused(SignaturePolicyEnvelope.Builder envelope, String reason) {
        assertThatThrownBy(() -> SignaturePolicy.of(envelope.build(), members(new boolean[0][])))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(reason);
    }

    private static boolean satisfied(org.hyperledger.fabric.protos.common.SignaturePolicy rule, boolean[][] table)
            throws PolicyException {
        TableMembership members = members(table);
        return SignaturePolicy.of(envelope(rule, 4), members).isSatisfiedBy(new ArrayList<>(members.signers()));
    }

    private static TableMembership members(boolean[][] table) {
        return new TableMembership(table);
    }

    private static SignaturePolicyEnvelope envelope(
            org.hyperledger.fabric.protos.common.SignaturePolicy rule, int principals) {
        SignaturePolicyEnvelope.Builder envelope =
                SignaturePolicyEnvelope.newBuilder().setRule(rule);
        for (int i = 0; i < principals; i++) {
            envelope.addIdentities(TableMembership.principal(i));
        }
        return envelope.build();
    }

    private static org.hyperledger.fabric.protos.common.SignaturePolicy leaf(int principal) {
        return org.hyperledger.fabric.protos.common.SignaturePolicy.newBuilder()
                .setSignedBy(principal)
                .build();
    }

    private static org.hyperledger.fabric.protos.common.SignaturePolicy gate(
            int n, org.hyperledger.fabric.protos.common.SignaturePolicy... parts) {
        return org.hyperledger.fabric.protos.common.SignaturePolicy.newBuilder()
                .setNOutOf(NOutOf.newBuilder().setN(n).addAllRules(List.of(parts)))
                .build();
    }
}
