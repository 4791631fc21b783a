package org.jangbu.tests.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.VALID;
import static org.jangbu.tests.policy.SevenNetwork.principal;

import java.util.List;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.CollectionConfig;
import org.hyperledger.fabric.protos.peer.CollectionConfigPackage;
import org.hyperledger.fabric.protos.peer.CollectionPolicyConfig;
import org.hyperledger.fabric.protos.peer.StaticCollectionConfig;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.server.SevenPeers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endorsement policies of single keys and of private collections, in place of their chaincode's: any one of the first four of seven peers. */
class KeyPolicyIT extends NetworkTest {
    private static final String CHAINCODE = Fresh.name("guarded");
    private static final String SIX_AND_SEVEN = "AND(" + principal(6) + ", " + principal(7) + ")";
    private static final String FIVE = "OR(" + principal(5) + ")";
    private static final String MEMBERS = "OR('AlphaMSP.member', 'BetaMSP.member', 'GammaMSP.member')";

    private static @Nullable SevenNetwork known;

    private final String key = Fresh.name("key");
    private SevenNetwork seven;

    /** Defined once. */
    @BeforeEach
    void contract() throws Exception {
        SevenNetwork former = known;
        seven = former == null ? defined() : former;
        known = seven;
    }

    private static SevenNetwork defined() throws Exception {
        SevenNetwork network = new SevenNetwork(CHAINCODE);
        String anyone = "OR("
                + SevenPeers.numbers().stream()
                        .limit(4)
                        .map(SevenNetwork::principal)
                        .collect(Collectors.joining(", ")) + ")";
        StaticCollectionConfig strict = collection("strict").toBuilder()
                .setEndorsementPolicy(network.policy(SIX_AND_SEVEN))
                .build();
        network.define(
                anyone,
                CollectionConfigPackage.newBuilder()
                        .addConfig(CollectionConfig.newBuilder().setStaticCollectionConfig(collection("plain")))
                        .addConfig(CollectionConfig.newBuilder().setStaticCollectionConfig(strict))
                        .build());
        return network;
    }

    private static StaticCollectionConfig collection(String name) throws Exception {
        return StaticCollectionConfig.newBuilder()
                .setName(name)
                .setMemberOrgsPolicy(
                        CollectionPolicyConfig.newBuilder().setSignaturePolicy(PolicyLanguage.parse(MEMBERS)))
                .build();
    }

    @AfterEach
    void all_seven_have_the_same_blocks_and_verdicts() throws Exception {
        SevenNetwork.assertAlike();
    }

    @Test
    void a_key_is_written_by_its_own_policy_and_the_gateway_asks_accordingly() throws Exception {
        assertThat(seven.submitted("putBytes", key, "01")).containsExactly(1);
        assertThat(seven.submitted("guard", key, seven.hex(SIX_AND_SEVEN))).containsExactly(1);
        assertThat(seven.evaluate("guardOf", key)).isEqualTo(seven.hex(SIX_AND_SEVEN));

        assertThat(seven.submitted("putBytes", key, "02")).containsExactlyInAnyOrder(6, 7);
        assertThat(seven.code(seven.by(List.of(1), "putBytes", key, "03"))).isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(seven.code(seven.by(List.of(1, 2, 3, 4, 5, 6), "putBytes", key, "03")))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(seven.code(seven.by(List.of(1), "guard", key, seven.hex(FIVE))))
                .as("nobody opens a key for himself")
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
        assertThat(seven.evaluate("getBytes", key)).isEqualTo("02");

        assertThat(seven.submitted("guard", key, seven.hex(FIVE))).containsExactlyInAnyOrder(6, 7);
        assertThat(seven.submitted("putBytes", key, "04")).containsExactly(5);
        assertThat(seven.submitted("guard", key, "")).containsExactly(5);
        assertThat(seven.submitted("putBytes", key, "05"))
                .as("without a policy of its own the chaincode's counts")
                .containsExactly(1);
    }

    @Test
    void a_policy_changed_earlier_in_a_block_decides_later_transactions_of_the_block() throws Exception {
        seven.submitted("putBytes", key, "01");
        Envelope guard = seven.by(List.of(1), "guard", key, seven.hex(SIX_AND_SEVEN));
        Envelope byTheOld = seven.by(List.of(1), "putBytes", key, "02");
        Envelope byTheNew = seven.by(List.of(6, 7), "putBytes", key, "03");
        Envelope elsewhere = seven.by(List.of(1), "putBytes", Fresh.name("other"), "04");
        assertThat(seven.order(guard, byTheOld, byTheNew, elsewhere))
                .containsExactly(VALID, ENDORSEMENT_POLICY_FAILURE, ENDORSEMENT_POLICY_FAILURE, VALID);
        assertThat(seven.evaluate("getBytes", key)).isEqualTo("01");

        Envelope late = seven.by(List.of(6, 7), "putBytes", key, "05");
        assertThat(seven.order(late)).as("from the next block on").containsExactly(VALID);
    }

    @Test
    void a_change_that_is_not_endorsed_as_it_should_be_decides_nothing() throws Exception {
        seven.submitted("putBytes", key, "01");
        Envelope unendorsed = seven.by(List.of(), "guard", key, seven.hex(SIX_AND_SEVEN));
        Envelope write = seven.by(List.of(1), "putBytes", key, "02");
        assertThat(seven.order(unendorsed, write)).containsExactly(ENDORSEMENT_POLICY_FAILURE, VALID);
        assertThat(seven.evaluate("getBytes", key)).isEqualTo("02");
        assertThat(seven.evaluate("guardOf", key)).isEmpty();
    }

    @Test
    void a_collection_has_a_policy_and_a_private_key_a_nearer_one() throws Exception {
        assertThat(seven.submitted("putPrivate", "plain", key, "secret")).containsExactly(1);
        assertThat(seven.submitted("putPrivate", "strict", key, "secret")).containsExactlyInAnyOrder(6, 7);
        assertThat(seven.code(seven.by(List.of(1), "putPrivate", "strict", key, "forced")))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);

        assertThat(seven.submitted("guardPrivate", "strict", key, seven.hex(FIVE)))
                .containsExactlyInAnyOrder(6, 7);
        assertThat(seven.evaluate("privateGuardOf", "strict", key)).isEqualTo(seven.hex(FIVE));
        assertThat(seven.submitted("putPrivate", "strict", key, "by five")).containsExactly(5);
        assertThat(seven.code(seven.by(List.of(6, 7), "putPrivate", "strict", key, "forced")))
                .isEqualTo(ENDORSEMENT_POLICY_FAILURE);
    }
}
