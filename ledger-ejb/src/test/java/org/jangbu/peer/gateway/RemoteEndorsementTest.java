package org.jangbu.peer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.peer.ChaincodeCall;
import org.hyperledger.fabric.protos.peer.ChaincodeInterest;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.Response;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.channel.TestConfigurations;
import org.jangbu.model.ChannelId;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.msp.client.Proposals;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.renewal.CurrentTls;
import org.jangbu.peer.endorse.Contract;
import org.jangbu.peer.endorse.ProposalQueue;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.endorse.TestProposal;
import org.jangbu.peer.event.CommitNotifier;
import org.jangbu.peer.event.Deadlines;
import org.jangbu.peer.gateway.grpc.GrpcPeerConnections;
import org.jangbu.peer.query.QsccChaincode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The peer of the first organisation is of this server, that of the second is behind gRPC in another. The channel's policy asks for both. */
class RemoteEndorsementTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ExecutorService executor = Executors.newFixedThreadPool(8);
    private final Deadlines deadlines = new Deadlines(System::nanoTime);
    private final ScheduledExecutorService ticker = Executors.newScheduledThreadPool(1);
    private Optional<CurrentTls.Shown> shown = TlsServers.client();
    private final GrpcPeerConnections connections =
            new GrpcPeerConnections(Executors.defaultThreadFactory(), executor, unused -> shown);
    private final AtomicLong now = new AtomicLong();
    private final TestPeer one = new TestPeer(1);
    private final TestPeer two = new TestPeer(2);
    private OtherServer other;
    private LocalGateway gateway;

    @BeforeEach
    void start() throws Exception {
        var unused = ticker.scheduleAtFixedRate(deadlines::tick, 1, 1, TimeUnit.MILLISECONDS);
        Contract put = (call, host) -> {
            host.putState("", Contract.arg(call, 1), Contract.bytes("1"));
            return Contract.ok("put");
        };
        one.runs("basic", put);
        two.runs("basic", put).system(new QsccChaincode(two.resources().channels()));
        other = new OtherServer(two, 2, executor);
        anchorAt(other);
    }

    @AfterEach
    void stop() {
        other.close();
        connections.close();
        ticker.shutdownNow();
        executor.shutdownNow();
    }

    private void anchorAt(OtherServer server) {
        configured(TestConfigurations.withAnchor(TestPeer.channelConfig(), "Org2MSP", "localhost", server.port()));
        gateway = new LocalGateway(
                List.of(new HostedPeer(one.resources(), new ProposalQueue(one.endorser(), executor, 8, 100))),
                new Questions(deadlines, executor, PATIENCE),
                new CommitNotifier(100, Duration.ofSeconds(1), deadlines, executor),
                GatewaySettings.DEFAULT,
                anchors(),
                UnaryOperator.identity());
    }

    private AnchorPeers anchors() {
        return new AnchorPeers(
                Set.of("localhost:28051"),
                connections,
                new Proposals(Clock.fixed(TestPeer.NOW, ZoneOffset.UTC), new SecureRandom()),
                now::get,
                FabricVectors.peer(1).serialized()::equals);
    }

    private void configured(ChannelConfig config) {
        one.configured(config);
        two.configured(config);
    }

    @Test
    void a_peer_that_demands_a_certificate_is_not_reached_without_one() {
        shown = Optional.empty();
        assertThat(failure().answers())
                .filteredOn(answer -> answer.mspId().value().equals("Org2MSP"))
                .singleElement()
                .satisfies(answer -> assertThat(answer.response().getResponse().getMessage())
                        .contains("nobody answers there under the certificates of its organisation"));
        assertThat(other.asked).hasValue(0);
    }

    private EndorseException failure() {
        return failure(gateway.endorse(proposal().signed()));
    }

    private static TestProposal proposal() {
        return TestProposal.of("put", "k");
    }

    @Test
    void a_transaction_has_the_endorsements_of_peers_of_both_servers() throws Exception {
        Gateway.PreparedTransaction prepared = get(gateway.endorse(proposal().signed()));
        assertThat(prepared.answers())
                .extracting(answer -> answer.mspId().value())
                .containsExactly("Org1MSP", "Org2MSP");
        assertThat(prepared.answers().get(1).address()).contains("localhost:" + other.port());
        EndorserTransaction transaction = EndorserTransaction.parse(ParsedEnvelope.parse(prepared.envelope().toBuilder()
                .setSignature(FabricVectors.user(1).sign(prepared.envelope().getPayload()))
                .build()
                .toByteString()));
        assertThat(transaction.endorsements())
                .extracting(Endorsement::getEndorser)
                .containsExactly(
                        FabricVectors.peer(1).serialized(),
                        FabricVectors.peer(2).serialized());
        assertThat(other.asked).hasValue(1);
    }

    @Test
    void where_the_peers_of_this_server_suffice_nobody_else_is_asked() throws Exception {
        configured(TestConfigurations.withPolicy(
                TestConfigurations.withAnchor(TestPeer.channelConfig(), "Org2MSP", "localhost", other.port()),
                "Endorsement",
                "OR('Org1MSP.peer', 'Org2MSP.peer')"));
        assertThat(get(gateway.endorse(proposal().signed())).answers()).hasSize(1);
        assertThat(other.asked).hasValue(0);
    }

    @Test
    void a_peer_of_another_server_steps_in_for_one_of_this_server_that_fails() throws Exception {
        configured(TestConfigurations.withPolicy(
                TestConfigurations.withAnchor(TestPeer.channelConfig(), "Org2MSP", "localhost", other.port()),
                "Endorsement",
                "OR('Org1MSP.peer', 'Org2MSP.peer')"));
        one.runs("basic", (call, host) -> {
            throw new ChaincodeExecutionException("its process is gone");
        });
        assertThat(get(gateway.endorse(proposal().signed())).answers())
                .singleElement()
                .satisfies(answer -> assertThat(answer.mspId()).isEqualTo(FabricVectors.ORG2));
    }

    @Test
    void organisations_that_the_caller_names_are_asked_wherever_their_peers_are() throws Exception {
        Routing both = Routing.by(FabricVectors.ORG1, List.of("Org2MSP"));
        assertThat(get(gateway.endorse(proposal().signed(), both)).answers())
                .singleElement()
                .satisfies(answer -> assertThat(answer.mspId()).isEqualTo(FabricVectors.ORG2));
        EndorseException e = failure(
                gateway.endorse(proposal().signed(), Routing.by(FabricVectors.ORG1, List.of("Org2MSP", "Org7MSP"))));
        assertThat(e).hasMessage("failed to find any endorsing peers for org(s): Org7MSP");
    }

    @Test
    void a_query_goes_to_another_server_where_no_peer_of_this_one_has_the_contract() throws Exception {
        assertThat(get(withoutTheContract().evaluate(proposal().signed()))
                        .getResponse()
                        .getPayload()
                        .toStringUtf8())
                .isEqualTo("put");
    }

    @Test
    void where_no_peer_of_this_server_has_the_contract_that_is_told_before_what_is_wrong_elsewhere() throws Exception {
        LocalGateway bare = withoutTheContract();
        other.stops();
        EndorseException e = failure(bare.endorse(proposal().signed()));
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.UNAVAILABLE);
        assertThat(e)
                .hasMessageStartingWith(
                        "no peers available to endorse chaincode basic in channel mychannel: peer localhost:");
    }

    /** A server that hosts a peer of the first organisation alone, and it cannot run the chaincode. */
    private LocalGateway withoutTheContract() {
        TestPeer bare = new TestPeer(1);
        bare.configured(
                one.resources().channels().apply("mychannel").orElseThrow().config());
        return new LocalGateway(
                List.of(new HostedPeer(bare.resources(), new ProposalQueue(bare.endorser(), executor, 8, 100))),
                new Questions(deadlines, executor, PATIENCE),
                new CommitNotifier(100, Duration.ofSeconds(1), deadlines, executor),
                GatewaySettings.DEFAULT,
                new AnchorPeers(
                        Set.of(),
                        connections,
                        new Proposals(Clock.fixed(TestPeer.NOW, ZoneOffset.UTC), new SecureRandom()),
                        now::get,
                        identity -> false),
                UnaryOperator.identity());
    }

    @Test
    void discovery_tells_of_the_peer_of_the_other_server_what_that_has_shown_of_itself() throws Exception {
        ChannelId channel = new ChannelId(TestPeer.CHANNEL);
        List<Discovery.Member> members = get(discovery().members(channel));
        assertThat(members).extracting(Discovery.Member::mspId).containsExactly(FabricVectors.ORG1, FabricVectors.ORG2);
        Discovery.Member elsewhere = members.get(1);
        assertThat(elsewhere.address()).isEqualTo("localhost:" + other.port());
        assertThat(elsewhere.identity()).isEqualTo(FabricVectors.peer(2).serialized());
        assertThat(elsewhere.height()).isEqualTo(two.ledger().height()).isPositive();
        assertThat(elsewhere.chaincodes()).as("nobody knows").isEmpty();
        assertThat(elsewhere.signer()).as("it has not signed this").isEmpty();

        ChaincodeInterest interest = ChaincodeInterest.newBuilder()
                .addChaincodes(ChaincodeCall.newBuilder().setName(TestPeer.CHAINCODE))
                .build();
        Discovery.Endorsers endorsers = get(discovery().endorsers(channel, interest));
        assertThat(endorsers.groups().values())
                .extracting(group -> group.get(0).mspId())
                .containsExactlyInAnyOrder(FabricVectors.ORG1, FabricVectors.ORG2);
        assertThat(endorsers.layouts())
                .singleElement()
                .satisfies(layout -> assertThat(layout.values()).containsExactly(1, 1));
    }

    @Test
    void discovery_tells_nothing_of_a_peer_that_is_down() throws Exception {
        other.stops();
        ChannelId channel = new ChannelId(TestPeer.CHANNEL);
        assertThat(get(discovery().members(channel)))
                .extracting(Discovery.Member::mspId)
                .containsExactly(FabricVectors.ORG1);
        assertThat(failure(discovery()
                                .endorsers(
                                        channel,
                                        ChaincodeInterest.newBuilder()
                                                .addChaincodes(ChaincodeCall.newBuilder()
                                                        .setName(TestPeer.CHAINCODE))
                                                .build()))
                        .kind())
                .isEqualTo(EndorseException.Kind.UNSATISFIED);
    }

    private LocalDiscovery discovery() {
        return new LocalDiscovery(
                List.of(new HostedPeer(one.resources(), new ProposalQueue(one.endorser(), executor, 8, 100))),
                anchors());
    }

    @Test
    void a_peer_that_is_down_is_told_left_alone_for_a_while_and_then_asked_again() throws Exception {
        other.stops();
        EndorseException e = failure();
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.UNAVAILABLE);
        assertThat(e)
                .hasMessageContaining("peer localhost:" + other.port()
                        + " of Org2MSP: nobody answers there under the certificates of its organisation");
        assertThat(e.answers()).extracting(answer -> answer.mspId().value()).containsExactly("Org1MSP", "Org2MSP");
        assertThat(e.answers().get(1).address()).contains("localhost:" + other.port());
        other.startsAgain();
        assertThat(failure().kind()).as("not yet").isEqualTo(EndorseException.Kind.UNAVAILABLE);
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(get(gateway.endorse(proposal().signed())).answers()).hasSize(2);
    }

    @Test
    void a_peer_that_goes_down_later_is_noticed_and_found_again() throws Exception {
        assertThat(get(gateway.endorse(proposal().signed())).answers()).hasSize(2);
        other.stops();
        assertThat(failure().kind()).isEqualTo(EndorseException.Kind.UNAVAILABLE);
        other.startsAgain();
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(get(gateway.endorse(proposal().signed())).answers()).hasSize(2);
    }

    @Test
    void a_peer_that_fails_while_many_wait_for_it_is_left_alone_no_longer_than_for_one() throws Exception {
        int many = 10;
        get(gateway.endorse(proposal().signed()));
        other.saysNothing();
        List<CompletionStage<Gateway.PreparedTransaction>> waiting = Stream.generate(
                        () -> gateway.endorse(proposal().signed()))
                .limit(many)
                .toList();
        await().until(() -> other.asked.get() == 1 + many);
        other.stops();
        waiting.forEach(each -> assertThat(failure(each)).hasMessageContaining("peer localhost:" + other.port()));
        other.speaksAgain();
        other.startsAgain();
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(get(gateway.endorse(proposal().signed())).answers()).hasSize(2);
    }

    @Test
    void a_peer_that_does_not_answer_holds_nobody_up_for_longer_than_one_answer_may_take() {
        other.saysNothing();
        EndorseException e = failure();
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.UNAVAILABLE);
        assertThat(e).hasMessageContaining("did not answer within " + PATIENCE.toMillis() + " ms");
    }

    @Test
    void another_result_is_shown_beside_the_one_of_this_server() {
        two.runs("basic", (call, host) -> Contract.ok("another"));
        EndorseException e = failure();
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.MISMATCH);
        assertThat(e.answers())
                .extracting(a -> a.response().getResponse().getPayload().toStringUtf8())
                .containsExactly("put", "another");
    }

    @Test
    void the_certificate_of_another_organisation_opens_no_connection() throws Exception {
        try (OtherServer wrong = new OtherServer(two, 1, executor)) {
            anchorAt(wrong);
            assertThat(failure()).hasMessageContaining("under the certificates of its organisation");
            assertThat(wrong.asked).hasValue(0);
        }
    }

    @Test
    void nobody_is_believed_to_be_of_an_organisation_without_its_signature() {
        SigningIdentity impostor = FabricVectors.peer(1);
        other.introducesItself(honest -> signed(honest, impostor, impostor.serialized()));
        refused("it is signed by somebody who is not of Org2MSP");
        other.introducesItself(
                honest -> signed(honest, impostor, FabricVectors.peer(2).serialized()));
        refused("its signature does not fit");
        other.introducesItself(honest -> honest.toBuilder().clearEndorsement().build());
        refused("it does not say who it is");
        other.introducesItself(honest -> honest.toBuilder()
                .setEndorsement(honest.getEndorsement().toBuilder().setEndorser(ByteString.copyFromUtf8("junk")))
                .build());
        refused("it cannot be read");
        assertThat(other.asked).as("none of them has seen the proposal").hasValue(0);
    }

    @Test
    void who_is_no_peer_of_its_organisation_is_not_counted_as_one() {
        other.introducesItself(honest ->
                signed(honest, FabricVectors.user(2), FabricVectors.user(2).serialized()));
        EndorseException e = failure();
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.UNSATISFIED);
        assertThat(other.asked).hasValue(0);
    }

    @Test
    void an_endorsement_that_does_not_stand_for_what_was_asked_is_none() throws Exception {
        ProposalResponse[] earlier = new ProposalResponse[1];
        other.endorses(honest -> {
            earlier[0] = honest;
            return honest;
        });
        get(gateway.endorse(proposal().signed()));
        other.endorses(honest -> earlier[0]);
        refused("its answer is not believed: it answers another proposal");
        other.endorses(honest -> honest.toBuilder()
                .setPayload(honest.getPayload().concat(ByteString.copyFrom(new byte[] {0x7a, 0})))
                .build());
        refused("its answer is not believed: its signature does not fit");
        SigningIdentity user = FabricVectors.user(2);
        other.endorses(honest -> signed(honest, user, user.serialized()));
        refused("it has another identity than before");
        other.endorses(honest -> honest.toBuilder().clearEndorsement().build());
        refused("it says neither yes nor no");
    }

    @Test
    void its_refusal_is_told_where_nobody_else_can_endorse() {
        other.endorses(honest -> ProposalResponse.newBuilder()
                .setResponse(Response.newBuilder().setStatus(500).setMessage("not today"))
                .build());
        EndorseException e = failure();
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.CHAINCODE);
        assertThat(e.answers().get(1).words()).isEqualTo("not today");
    }

    @Test
    void a_peer_of_this_server_is_not_dialled_by_another_name() throws Exception {
        one.system(new QsccChaincode(one.resources().channels()));
        try (OtherServer itself = new OtherServer(one, 2, executor)) {
            configured(TestConfigurations.withPolicy(
                    TestConfigurations.withAnchor(TestPeer.channelConfig(), "Org2MSP", "localhost", itself.port()),
                    "Endorsement",
                    "AND('Org1MSP.peer', 'Org1MSP.peer')"));
            failure();
            assertThat(itself.asked).hasValue(0);
        }
    }

    /** The next attempt, when the peer may be asked again, fails for this reason. */
    private void refused(String reason) {
        now.addAndGet(Duration.ofHours(1).toNanos());
        EndorseException e = failure();
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.UNAVAILABLE);
        assertThat(e).hasMessageContaining(reason);
    }

    private static ProposalResponse signed(ProposalResponse response, SigningIdentity signer, ByteString said) {
        return response.toBuilder()
                .setEndorsement(Endorsement.newBuilder()
                        .setEndorser(said)
                        .setSignature(signer.sign(response.getPayload(), said)))
                .build();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static EndorseException failure(CompletionStage<?> stage) {
        Throwable[] cause = new Throwable[1];
        assertThatThrownBy(() -> stage.toCompletableFuture().get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .satisfies(e -> cause[0] = e.getCause());
        return (EndorseException) Optional.ofNullable(cause[0]).orElseThrow();
    }
}
