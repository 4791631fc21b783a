package org.jangbu.msp.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy.Rule;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.jangbu.msp.identity.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImplicitMetaPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "ANY,0,0,true",
        "ALL,0,0,true",
        "MAJORITY,0,0,true",
        "ANY,0,1,false",
        "ANY,1,3,true",
        "ALL,2,3,false",
        "ALL,3,3,true",
        "MAJORITY,1,2,false",
        "MAJORITY,2,2,true",
        "MAJORITY,1,3,false",
        "MAJORITY,2,3,true",
        "MAJORITY,2,4,false",
        "MAJORITY,3,4,true"
    })
    void counts_the_policies_below(Rule rule, int satisfied, int groups, boolean verdict) throws Exception {
        List<Policy> below = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            // The unsatisfied ones first: the count must not stop at them.
            below.add(i < groups - satisfied ? Policy.UNSATISFIABLE : new Always());
        }
        ImplicitMetaPolicy policy = ImplicitMetaPolicy.of(rule, below);
        assertThat(policy.isSatisfiedBy(List.of())).isEqualTo(verdict);
        assertThat(policy.isSatisfiedBySignatures(List.of())).isEqualTo(verdict);
    }

    @Test
    void reads_fabrics_text() throws Exception {
        assertThat(ImplicitMetaPolicy.parse("MAJORITY Endorsement"))
                .isEqualTo(org.hyperledger.fabric.protos.common.ImplicitMetaPolicy.newBuilder()
                        .setRule(Rule.MAJORITY)
                        .setSubPolicy("Endorsement")
                        .build());
        assertThat(ImplicitMetaPolicy.parse("ANY Readers").getRule()).isEqualTo(Rule.ANY);
        assertThat(ImplicitMetaPolicy.parse("ALL Writers").getRule()).isEqualTo(Rule.ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ANY", "ANY ", " ANY Readers", "any Readers", "MOST Readers", "ANY Readers Writers"})
    void refuses_other_texts(String text) {
        assertThatThrownBy(() -> ImplicitMetaPolicy.parse(text)).isInstanceOf(PolicySyntaxException.class);
    }

    private static final class Always implements Policy {
        @Override
        public boolean isSatisfiedBySignatures(List<SignedData> signatures) {
            return true;
        }

        @Override
        public boolean isSatisfiedBy(List<Identity> signers) {
            return true;
        }

        @Override
        public Optional<String> missing(List<Identity> signers) {
            return Optional.empty();
        }

        @Override
        public Set<MSPPrincipal> principals() {
            return Set.of();
        }
    }
}
