package org.jangbu.tests.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE;
import static org.hyperledger.fabric.protos.peer.TxValidationCode.VALID;
import static org.jangbu.tests.policy.SevenNetwork.principal;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Policy;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.tests.network.Fresh;
import org.jangbu.tests.network.NetworkTest;
import org.jangbu.tests.network.Rest;
import org.jangbu.tests.network.UpdateCalls;
import org.jangbu.tests.server.SevenPeers;
import org.jangbu.tests.server.SevenPeers.Owner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Five policies over seven peers, each in turn that of one contract, and a peer that endorses no more. */
class SevenPeersIT extends NetworkTest {
    private static final String CHAINCODE = Fresh.name("seven");
    private static final String WEIGHTS = Stream.of("1=15", "2=10", "3=25", "4=20", "5=10", "6=10", "7=10")
            .map(weight -> principal(weight.charAt(0) - '0') + weight.substring(1))
            .collect(Collectors.joining(", "));
    private static final String ALL = gate("AND", 1, 2, 3, 4, 5, 6, 7);
    private static final String FIFTY = "Weights(50, " + WEIGHTS + ")";

    private static @Nullable SevenNetwork known;

    private SevenNetwork seven;

    /** Of one contract, which each test defines anew. */
    @BeforeEach
    void contract() throws Exception {
        SevenNetwork former = known;
        seven = former == null ? new SevenNetwork(CHAINCODE) : former;
        known = seven;
    }

    @AfterEach
    void all_seven_have_the_same_blocks_and_verdicts() throws Exception {
        SevenNetwork.assertAlike();
    }

    @Test
    void all_of_seven() throws Exception {
        seven.define(ALL);
        assertThat(put()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
        assertCode(VALID, 7, 6, 5, 4, 3, 2, 1);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 1, 2, 3, 4, 5, 6);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 2, 3, 4, 5, 6, 7);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 1, 2, 3, 4, 5, 6, 6);
    }

    @Test
    void any_one_of_seven() throws Exception {
        seven.define(gate("OR", 1, 2, 3, 4, 5, 6, 7));
        assertThat(put()).as("of the caller's organisation").containsExactly(1);
        for (int number : SevenPeers.numbers()) {
            assertCode(VALID, number);
        }
        assertCode(ENDORSEMENT_POLICY_FAILURE);
    }

    @Test
    void one_of_two_and_two_of_three() throws Exception {
        seven.define("AND(" + gate("OR", 1, 2) + ", OutOf(2, " + principals(5, 6, 7) + "))");
        assertThat(put()).hasSize(3).containsAnyOf(1, 2).doesNotContain(3, 4);
        assertCode(VALID, 1, 5, 6);
        assertCode(VALID, 7, 2, 6);
        assertCode(VALID, 1, 2, 3, 4, 5, 6, 7);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 1, 2, 5);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 5, 6, 7);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 3, 4, 5, 6, 7);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 1, 5, 5);
    }

    @Test
    void weights_of_fifty() throws Exception {
        seven.define(FIFTY);
        assertThat(put()).hasSize(3);
        assertCode(VALID, 1, 2, 3);
        assertCode(VALID, 6, 4, 3);
        assertCode(VALID, 1, 2, 5, 6, 7);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 3, 4);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 1, 4, 7);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 2, 5, 6, 7);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 3, 3);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 3, 4, 3);
    }

    @Test
    void one_of_two_and_weights_of_forty() throws Exception {
        seven.define("AND(" + gate("OR", 1, 3) + ", Weights(40, " + WEIGHTS + "))");
        assertThat(put()).containsExactlyInAnyOrder(1, 3);
        assertCode(VALID, 3, 4);
        assertCode(VALID, 4, 2, 1);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 1, 4);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 3, 2);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 2, 4, 5);
        assertCode(ENDORSEMENT_POLICY_FAILURE, 3, 2, 3);
    }

    @Test
    void a_peer_that_the_configuration_takes_the_role_from_endorses_no_more_and_goes_on_committing() throws Exception {
        seven.define(FIFTY);
        Envelope before = seven.by(List.of(1, 2, 3), "putBytes", Fresh.name("before"), "01");
        endorsing(Owner.ALPHA, 1, 2);

        assertThat(put()).as("without the heaviest four are needed").hasSize(4).doesNotContain(3);
        assertThat(seven.endorsers(seven.byAll("putBytes", Fresh.name("rest"), "01")))
                .containsExactlyInAnyOrder(1, 2, 4, 5, 6, 7);
        assertThat(seven.code(before))
                .as("committers judge by the contract's policy alone")
                .isEqualTo(VALID);
        assertShown(3, false);
        assertShown(2, true);

        seven.define(ALL);
        Rest.Answer refused = seven.gateway("putBytes", Fresh.name("refused"), "01");
        assertThat(refused.body()).contains("missing: a signature by AlphaMSP.node:p3");

        endorsing(Owner.ALPHA, 1, 2, 3);
        assertThat(put()).hasSize(7);
        assertShown(3, true);
    }

    /** Whom the gateway chose for a write that then took effect. */
    private List<Integer> put() throws Exception {
        return seven.submitted("putBytes", Fresh.name("key"), "01");
    }

    private void assertCode(TxValidationCode expected, Integer... endorsers) throws Exception {
        Envelope transaction = seven.by(List.of(endorsers), "putBytes", Fresh.name("key"), "01");
        assertThat(seven.code(transaction))
                .as("endorsed by %s", List.of(endorsers))
                .isEqualTo(expected);
    }

    private static String gate(String name, int... numbers) {
        return name + "(" + principals(numbers) + ")";
    }

    private static String principals(int... numbers) {
        List<String> principals = new ArrayList<>();
        for (int number : numbers) {
            principals.add(principal(number));
        }
        return String.join(", ", principals);
    }

    /** Says by a configuration update which peers of an organisation endorse. */
    private static void endorsing(Owner owner, int... numbers) throws Exception {
        UpdateCalls calls = new UpdateCalls(SevenNetwork.administrator(owner), SevenPeers.CHANNEL);
        Config current = calls.current();
        ConfigGroup root = current.getChannelGroup();
        ConfigGroup application = root.getGroupsOrThrow("Application");
        ConfigGroup group = application.getGroupsOrThrow(owner.mspId().value());
        ConfigPolicy policy = ConfigPolicy.newBuilder()
                .setModPolicy("Admins")
                .setPolicy(Policy.newBuilder()
                        .setType(Policy.PolicyType.SIGNATURE_VALUE)
                        .setValue(PolicyLanguage.parse(
                                        gate("OR", numbers),
                                        ChannelConfigReader.read(SevenPeers.CHANNEL, current)
                                                .membership())
                                .toByteString()))
                .build();
        ConfigGroup changed =
                group.toBuilder().putPolicies("EndorsingPeers", policy).build();
        String update = calls.compute(current.toBuilder()
                .setChannelGroup(root.toBuilder()
                        .putGroups(
                                "Application",
                                application.toBuilder()
                                        .putGroups(owner.mspId().value(), changed)
                                        .build()))
                .build());
        Rest.Answer accepted = calls.submit(update, List.of(calls.signedByServer(update)));
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(60)).until(() -> SevenNetwork.configSequence() == current.getSequence() + 1);
        SevenNetwork.assertAlike();
    }

    /** What REST says of a peer of Alpha's and of its organisation. */
    private static void assertShown(int number, boolean endorsing) throws Exception {
        Rest alpha = SevenNetwork.administrator(Owner.ALPHA);
        JsonObject peer = alpha.get("peers").json().getJsonArray("peers").getValuesAs(JsonObject.class).stream()
                .filter(found ->
                        found.getString("name").equals(SevenPeers.node(number).value()))
                .findFirst()
                .orElseThrow();
        JsonObject roles = peer.getJsonArray("roles").getJsonObject(0);
        assertThat(roles.getString("channel")).isEqualTo("seven");
        assertThat(roles.getBoolean("endorsing")).isEqualTo(endorsing);
        assertThat(roles.getBoolean("leading")).isFalse();
        assertThat(roles.getBoolean("anchor")).isFalse();
        JsonObject organization = alpha.get(Rest.channel(SevenPeers.CHANNEL))
                .json()
                .getJsonArray("organizations")
                .getJsonObject(0);
        assertThat(organization.getString("mspId")).isEqualTo("AlphaMSP");
        assertThat(organization.getString("endorsing").contains("node:" + SevenPeers.node(number)))
                .isEqualTo(endorsing);
        assertThat(organization.getString("leading")).contains("node:p1");
        assertThat(organization.getJsonArray("anchorPeers").getString(0)).isEqualTo("p1:7050");
    }
}
