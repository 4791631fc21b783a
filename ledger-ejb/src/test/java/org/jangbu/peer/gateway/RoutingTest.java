package org.jangbu.peer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.model.ChannelId;
import org.jangbu.peer.endorse.Contract;
import org.jangbu.peer.endorse.ProposalQueue;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.endorse.TestProposal;
import org.jangbu.peer.event.CommitNotifier;
import org.jangbu.peer.event.Deadlines;
import org.junit.jupiter.api.Test;

/** Where proposals go that come by the door of one organisation. */
class RoutingTest {
    private static final ChannelId CHANNEL = new ChannelId(TestPeer.CHANNEL);
    private static final Routing AT_ORG1 = Routing.by(FabricVectors.ORG1, List.of());
    private static final Routing AT_ORG2 = Routing.by(FabricVectors.ORG2, List.of());

    private final TestPeer one = new TestPeer(1);
    private final TestPeer two = new TestPeer(2);
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    @Test
    void the_doors_own_peer_is_asked_first_whoever_asks() throws Exception {
        both();
        assertThat(evaluate(TestProposal.of("q"), AT_ORG2)).isEqualTo("two");
        assertThat(evaluate(TestProposal.of("q").by(FabricVectors.user(2)), AT_ORG1))
                .isEqualTo("one");
    }

    @Test
    void organisations_that_the_caller_names_are_asked_and_no_other() throws Exception {
        both();
        assertThat(evaluate(TestProposal.of("q"), Routing.by(FabricVectors.ORG1, List.of("Org2MSP"))))
                .isEqualTo("two");
        asked.clear();
        Gateway.PreparedTransaction prepared = get(gateway()
                .endorse(TestProposal.of("same").signed(), Routing.by(FabricVectors.ORG1, List.of("Org2MSP"))));
        assertThat(prepared.answers())
                .extracting(answer -> answer.mspId().value())
                .containsExactly("Org2MSP");
        assertThat(asked).containsExactly("two");
    }

    @Test
    void an_organisation_without_a_peer_is_named() {
        both();
        EndorseException failure = failure(gateway()
                .endorse(
                        TestProposal.of("same").signed(),
                        Routing.by(FabricVectors.ORG1, List.of("Org1MSP", "Org7MSP", "Org8MSP"))));
        assertThat(failure.kind()).isEqualTo(EndorseException.Kind.UNAVAILABLE);
        assertThat(failure).hasMessage("failed to find any endorsing peers for org(s): Org7MSP, Org8MSP");
        assertThat(asked).isEmpty();
    }

    @Test
    void transient_data_of_a_query_stay_with_the_doors_organisation() throws Exception {
        one.runs("basic", contract("one"));
        two.runs("basic", contract("two"));
        assertThat(evaluate(TestProposal.of("q").transientData("secret", "s"), AT_ORG1))
                .isEqualTo("one");
        EndorseException failure = failure(gateway(two)
                .evaluate(TestProposal.of("q").transientData("secret", "s").signed(), AT_ORG1));
        assertThat(failure)
                .hasMessageStartingWith("no endorsers found in the gateway's organization; retry specifying target");
    }

    @Test
    void transient_data_without_a_peer_of_the_doors_organisation_go_nowhere() {
        two.runs("basic", contract("two"));
        EndorseException failure = failure(gateway(two)
                .endorse(TestProposal.of("same").transientData("secret", "s").signed(), AT_ORG1));
        assertThat(failure)
                .hasMessage(
                        "no endorsers found in the gateway's organization; retry specifying endorsing organization(s) to protect transient data");
        assertThat(asked).isEmpty();
    }

    @Test
    void transient_data_are_not_shown_to_who_is_no_member_of_what_they_go_to() {
        writesToOrg1(true);
        EndorseException failure = failure(gateway()
                .endorse(TestProposal.of("put").transientData("secret", "s").signed(), AT_ORG1));
        assertThat(failure.kind()).isEqualTo(EndorseException.Kind.UNSATISFIED);
        assertThat(failure)
                .hasMessageStartingWith(
                        "requires endorsement from organisation(s) that are not in the distribution policy");
        assertThat(asked).containsExactly("one");
    }

    @Test
    void transient_data_for_the_doors_own_collection_need_nobody_else() {
        writesToOrg1(false);
        Gateway.PreparedTransaction prepared = get(gateway()
                .endorse(TestProposal.of("put").transientData("secret", "s").signed(), AT_ORG1));
        assertThat(prepared.answers()).hasSize(1);
        assertThat(asked).containsExactly("one");
    }

    private void writesToOrg1(boolean andInPublic) {
        for (TestPeer peer : List.of(one, two)) {
            peer.runs("basic", (call, host) -> {
                asked.add(peer == one ? "one" : "two");
                host.putState("_implicit_org_Org1MSP", "k", Contract.bytes("v"));
                if (andInPublic) {
                    host.putState("", "k", Contract.bytes("v"));
                }
                return Contract.ok("done");
            });
        }
    }

    @Test
    void transient_data_that_go_to_no_collection_are_shown_to_those_who_must_endorse() {
        both();
        Gateway.PreparedTransaction prepared = get(gateway()
                .endorse(TestProposal.of("same").transientData("secret", "s").signed(), AT_ORG1));
        assertThat(prepared.answers()).hasSize(2);
        assertThat(asked).containsExactly("one", "two");
    }

    @Test
    void discovery_names_groups_and_how_many_of_each_are_enough() throws Exception {
        both();
        Discovery.Endorsers endorsers = get(discovery()
                .endorsers(
                        CHANNEL,
                        ChaincodeInterest.newBuilder()
                                .addChaincodes(ChaincodeCall.newBuilder().setName("basic"))
                                .build()));
        assertThat(endorsers.groups()).hasSize(2);
        assertThat(endorsers.layouts())
                .singleElement()
                .satisfies(layout -> assertThat(layout.values()).containsExactly(1, 1));
        assertThat(get(discovery().members(CHANNEL)))
                .extracting(member -> member.chaincodes())
                .containsOnly(List.of(new Discovery.Runs("basic", "1.0")));
    }

    @Test
    void discovery_says_what_is_missing() {
        EndorseException failure = failure(discovery()
                .endorsers(
                        CHANNEL,
                        ChaincodeInterest.newBuilder()
                                .addChaincodes(ChaincodeCall.newBuilder().setName("nothing"))
                                .build()));
        assertThat(failure).hasMessageContaining("No metadata was found for chaincode nothing in channel mychannel");
    }

    private LocalDiscovery discovery() {
        return new LocalDiscovery(hosted(one, two), RemotePeers.NONE);
    }

    private void both() {
        one.runs("basic", contract("one"));
        two.runs("basic", contract("two"));
    }

    private Contract contract(String name) {
        return (call, host) -> {
            asked.add(name);
            return Contract.ok(Contract.arg(call, 0).equals("same") ? "same" : name);
        };
    }

    private LocalGateway gateway(TestPeer... only) {
        Deadlines deadlines = new Deadlines(System::nanoTime);
        return new LocalGateway(
                only.length == 0 ? hosted(one, two) : hosted(only),
                new Questions(deadlines, Runnable::run, Duration.ofSeconds(20)),
                new CommitNotifier(100, Duration.ofSeconds(1), deadlines, Runnable::run),
                GatewaySettings.DEFAULT);
    }

    private static List<HostedPeer> hosted(TestPeer... peers) {
        return List.of(peers).stream()
                .map(peer ->
                        new HostedPeer(peer.resources(), new ProposalQueue(peer.endorser(), Runnable::run, 8, 100)))
                .toList();
    }

    private String evaluate(TestProposal proposal, Routing routing) {
        return get(gateway().evaluate(proposal.signed(), routing))
                .getResponse()
                .getPayload()
                .toStringUtf8();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static EndorseException failure(CompletionStage<?> stage) {
        ExecutionException failure = catchThrowableOfType(
                ExecutionException.class, () -> stage.toCompletableFuture().get(20, TimeUnit.SECONDS));
        return (EndorseException) java.util.Objects.requireNonNull(failure.getCause());
    }
}
