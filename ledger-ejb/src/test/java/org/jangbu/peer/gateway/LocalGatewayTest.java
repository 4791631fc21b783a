package org.jangbu.peer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataEntry;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVMetadataWrite;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.chaincode.packaging.InstalledPackages;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.channel.TestConfigurations;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ChannelId;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.MspId;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ProposalHash;
import org.jangbu.model.TxId;
import org.jangbu.msp.policy.PolicyLanguage;
import org.jangbu.peer.endorse.Contract;
import org.jangbu.peer.endorse.PeerMetrics;
import org.jangbu.peer.endorse.ProposalQueue;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.endorse.TestProposal;
import org.jangbu.peer.event.CommitNotifier;
import org.jangbu.peer.event.Deadlines;
import org.jangbu.peer.lifecycle.node.LifecycleChaincode;
import org.jangbu.peer.lifecycle.node.NodePackages;
import org.jangbu.peer.query.QsccChaincode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorded channel's default policy asks for a majority of its organisations: both. */
class LocalGatewayTest {
    private static final ChannelId CHANNEL = new ChannelId(TestPeer.CHANNEL);

    private final ExecutorService executor = Executors.newFixedThreadPool(8);
    private final Deadlines deadlines = new Deadlines(System::nanoTime);
    private final java.util.concurrent.ScheduledExecutorService ticker = Executors.newScheduledThreadPool(1);
    private final TestPeer one = new TestPeer(1);
    private final TestPeer two = new TestPeer(2);

    @TempDir
    private Path folder;

    LocalGatewayTest() {
        var unused = ticker.scheduleAtFixedRate(deadlines::tick, 1, 1, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void stop() {
        ticker.shutdownNow();
        executor.shutdownNow();
    }

    @Test
    void prepares_a_transaction_that_its_creator_has_only_to_sign() throws Exception {
        both((call, host) -> {
            host.putState("", Contract.arg(call, 1), Contract.bytes("1"));
            return Contract.ok("put");
        });
        SignedProposal proposal =
                TestProposal.of("put", "k").transientData("secret", "s").signed();

        Gateway.PreparedTransaction prepared = get(gateway().endorse(proposal));

        assertThat(prepared.answers())
                .extracting(a -> a.node().value())
                .containsExactly("peer0.org1.example.com", "peer0.org2.example.com");
        assertThat(prepared.envelope().getSignature().isEmpty()).isTrue();
        ByteString signed = signed(prepared.envelope());
        EndorserTransaction transaction = EndorserTransaction.parse(ParsedEnvelope.parse(signed));
        assertThat(transaction.endorsements()).hasSize(2);
        assertThat(transaction.actionHeader())
                .isEqualTo(transaction.envelope().payload().getHeader().getSignatureHeader());
        assertThat(transaction.proposalHash())
                .isEqualTo(ProposalHash.ofVisible(
                        transaction.envelope().payload().getHeader(), transaction.proposalPayloadBytes()));
        assertThat(transaction.proposalPayload().getTransientMapCount()).isZero();
        assertThat(transaction.action().getResponse().getPayload().toStringUtf8())
                .isEqualTo("put");
    }

    @Test
    void evaluates_on_the_callers_own_peer() throws Exception {
        one.runs("basic", (call, host) -> Contract.ok("one"));
        two.runs("basic", (call, host) -> Contract.ok("two"));
        assertThat(evaluate(TestProposal.of("q"))).isEqualTo("one");
        assertThat(evaluate(TestProposal.of("q").by(FabricVectors.user(2)))).isEqualTo("two");
    }

    @Test
    void evaluates_on_another_peer_when_the_own_one_cannot_answer() throws Exception {
        one.runs("basic", (call, host) -> {
            one.ledger().fail(new IllegalStateException("away"));
            host.getState("", "k");
            return Contract.ok("one");
        });
        two.runs("basic", (call, host) -> Contract.ok("two"));
        assertThat(evaluate(TestProposal.of("q"))).isEqualTo("two");
    }

    @Test
    void shows_every_answer_when_endorsers_disagree() {
        one.runs("basic", (call, host) -> Contract.ok("one"));
        two.runs("basic", (call, host) -> Contract.ok("two"));
        EndorseException e = failure(gateway().endorse(TestProposal.of("x").signed()));
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.MISMATCH);
        assertThat(e).hasMessageContaining("ProposalResponsePayloads do not match");
        assertThat(e.answers())
                .extracting(a -> a.response().getResponse().getPayload().toStringUtf8())
                .containsExactly("one", "two");
        assertThat(get(gateway().endorseByAll(TestProposal.of("x").signed()))).hasSize(2);
    }

    @Test
    void asks_again_when_one_peer_was_a_block_behind() throws Exception {
        StateKey key = new StateKey("basic", "balance");
        one.ledger().put(Map.of(key, ByteString.copyFromUtf8("1")));
        AtomicInteger calls = new AtomicInteger();
        both((call, host) -> {
            calls.incrementAndGet();
            byte[] balance = host.getState("", "balance");
            return Contract.ok(balance == null ? "none" : "some");
        });
        CountDownLatch endorsed = new CountDownLatch(2);
        PeerMetrics counter = new PeerMetrics() {
            @Override
            public void proposalEndorsed() {
                endorsed.countDown();
            }
        };
        one.countedBy(counter);
        two.countedBy(counter);
        var later = executor.submit(() -> {
            awaitUninterruptibly(endorsed);
            two.ledger().put(Map.of(key, ByteString.copyFromUtf8("1")));
        });
        Gateway.PreparedTransaction prepared =
                get(gateway().endorse(TestProposal.of("x").signed()));
        later.get(10, TimeUnit.SECONDS);
        assertThat(prepared.answers()).hasSize(2);
        assertThat(calls.get()).isEqualTo(4);
    }

    @Test
    void tells_a_contracts_refusal_from_a_missing_peer() {
        both((call, host) -> Contract.answer(500, "not enough funds", ""));
        EndorseException e = failure(gateway().endorse(TestProposal.of("x").signed()));
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.CHAINCODE);
        assertThat(e).hasMessage("chaincode response 500, not enough funds");

        EndorseException evaluated =
                failure(gateway().evaluate(TestProposal.of("x").signed()));
        assertThat(evaluated.kind()).isEqualTo(EndorseException.Kind.CHAINCODE);
        assertThat(evaluated).hasMessage("chaincode response 500, not enough funds");
    }

    @Test
    void says_when_the_peers_here_cannot_satisfy_the_policy() {
        one.runs("basic", (call, host) -> Contract.ok(""));
        EndorseException e = failure(gateway().endorse(TestProposal.of("x").signed()));
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.UNSATISFIED);
        assertThat(e)
                .hasMessageContaining("no combination of peers can be derived")
                .hasMessageContaining("missing: a signature by Org2MSP.peer");
    }

    @Test
    void says_when_a_peer_that_the_policy_needs_is_not_available() {
        one.runs("basic", (call, host) -> Contract.ok(""));
        two.runs("basic", (call, host) -> {
            two.ledger().fail(new IllegalStateException("away"));
            host.getState("", "k");
            return Contract.ok("");
        });
        EndorseException e = failure(gateway().endorse(TestProposal.of("x").signed()));
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.UNAVAILABLE);
        assertThat(e).hasMessageContaining("cannot be read now");
        assertThat(e.answers()).hasSize(2);
    }

    @Test
    void sorts_refusals_by_what_the_caller_can_do() {
        both((call, host) -> Contract.ok(""));
        assertKind(TestProposal.of().channel("other"), EndorseException.Kind.NOT_FOUND, "channel 'other' not found");
        assertKind(
                TestProposal.of().chaincode("nothing"),
                EndorseException.Kind.NOT_FOUND,
                "no combination of peers can be derived which satisfy the endorsement policy: No metadata was found for chaincode nothing in channel mychannel");
        assertKind(TestProposal.of().epoch(2), EndorseException.Kind.MALFORMED, "epoch is non-zero");
        assertKind(
                TestProposal.of().by(FabricVectors.peer(1)),
                EndorseException.Kind.FORBIDDEN,
                "failed evaluating policy");
        assertKind(
                TestProposal.of().signature(ByteString.copyFromUtf8("forged")),
                EndorseException.Kind.FORBIDDEN,
                "access denied");
        EndorseException broken = failure(gateway()
                .endorse(SignedProposal.newBuilder()
                        .setProposalBytes(ByteString.copyFrom(new byte[] {10, 120}))
                        .build()));
        assertThat(broken.kind()).isEqualTo(EndorseException.Kind.MALFORMED);
    }

    @Test
    void a_slow_chaincode_fills_its_own_queue_and_no_other() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(2);
        one.runs("basic", (call, host) -> {
            entered.countDown();
            awaitUninterruptibly(release);
            return Contract.ok("slow");
        });
        one.system(new QsccChaincode(one.resources().channels()));
        LocalGateway gateway = gateway(2, 1);
        List<CompletableFuture<ProposalResponse>> accepted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            accepted.add(gateway.evaluate(TestProposal.of("slow").signed()).toCompletableFuture());
        }
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        EndorseException refused =
                failure(gateway.evaluate(TestProposal.of("slow").signed()));
        assertThat(refused.kind()).isEqualTo(EndorseException.Kind.UNAVAILABLE);
        assertThat(refused).hasMessageContaining("too many proposals wait for chaincode basic");
        assertThat(get(gateway.evaluate(TestProposal.of("GetChainInfo", "mychannel")
                                .chaincode("qscc")
                                .signed()))
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
        release.countDown();
        for (CompletableFuture<ProposalResponse> answer : accepted) {
            assertThat(get(answer).getResponse().getPayload().toStringUtf8()).isEqualTo("slow");
        }
    }

    @Test
    void asks_for_the_policies_of_keys_in_place_of_the_chaincodes() throws Exception {
        guard("mine", "OR('Org1MSP.peer')");
        guard("theirs", "OR('Org2MSP.peer')");
        guard("nobodys", "OR('OrdererMSP.orderer')");
        both((call, host) -> {
            for (int i = 1; i < call.args().size(); i++) {
                host.putState("", Contract.arg(call, i), Contract.bytes("1"));
            }
            return Contract.ok("put");
        });
        assertThat(endorsers("mine")).containsExactly("peer0.org1.example.com");
        assertThat(endorsers("theirs")).containsExactly("peer0.org2.example.com");
        assertThat(endorsers("mine", "theirs")).hasSize(2);
        assertThat(endorsers("mine", "free"))
                .as("the other key is the chaincode's")
                .hasSize(2);
        EndorseException e =
                failure(gateway().endorse(TestProposal.of("put", "nobodys").signed()));
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.UNSATISFIED);
        assertThat(e).hasMessageContaining("missing: a signature by OrdererMSP.orderer");
    }

    @Test
    void a_key_of_its_own_policy_is_written_where_the_chaincodes_cannot_be_satisfied() throws Exception {
        guard("mine", "OR('Org1MSP.peer')");
        one.runs("basic", (call, host) -> {
            host.putState("", Contract.arg(call, 1), Contract.bytes("1"));
            return Contract.ok("put");
        });
        assertThat(endorsers("mine")).containsExactly("peer0.org1.example.com");
        assertThat(failure(gateway().endorse(TestProposal.of("put", "free").signed()))
                        .kind())
                .isEqualTo(EndorseException.Kind.UNSATISFIED);
    }

    @Test
    void finds_others_when_one_of_those_it_asked_first_is_away() throws Exception {
        guard("either", "OR('Org1MSP.peer', 'Org2MSP.peer')");
        both((call, host) -> {
            host.putState("", Contract.arg(call, 1), Contract.bytes("1"));
            return Contract.ok("put");
        });
        assertThat(endorsers("either")).containsExactly("peer0.org1.example.com");
        one.runs("basic", (call, host) -> {
            one.ledger().fail(new IllegalStateException("away"));
            host.getState("", "k");
            return Contract.ok("never");
        });
        assertThat(endorsers("either")).containsExactly("peer0.org2.example.com");
    }

    @Test
    void finds_others_when_one_of_those_it_asked_first_fails() throws Exception {
        guard("either", "OR('Org1MSP.peer', 'Org2MSP.peer')");
        both((call, host) -> {
            host.putState("", Contract.arg(call, 1), Contract.bytes("1"));
            return Contract.ok("put");
        });
        one.runs("basic", (call, host) -> {
            throw new ChaincodeExecutionException("its process is gone");
        });
        assertThat(endorsers("either")).containsExactly("peer0.org2.example.com");

        EndorseException e =
                failure(gateway().endorse(TestProposal.of("put", "free").signed()));
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.CHAINCODE);
        assertThat(e).hasMessageContaining("its process is gone");
        assertThat(e.answers()).extracting(EndorseException.Answer::endorsed).containsExactly(false, true);
    }

    @Test
    void a_contracts_own_refusal_comes_back_though_another_peer_would_endorse() throws Exception {
        guard("either", "OR('Org1MSP.peer', 'Org2MSP.peer')");
        two.runs("basic", (call, host) -> {
            host.putState("", Contract.arg(call, 1), Contract.bytes("1"));
            return Contract.ok("put");
        });
        for (int status : new int[] {404, 500}) {
            one.runs("basic", (call, host) -> Contract.answer(status, "not enough funds", ""));
            EndorseException e =
                    failure(gateway().endorse(TestProposal.of("put", "either").signed()));
            assertThat(e.kind()).isEqualTo(EndorseException.Kind.CHAINCODE);
            assertThat(e).hasMessage("chaincode response " + status + ", not enough funds");
        }
    }

    @Test
    void a_definition_is_endorsed_by_the_organisations_that_approved_it_where_they_suffice() throws Exception {
        List<TestPeer> peers = List.of(TestPeer.upTo(1, 3), TestPeer.upTo(2, 3));
        for (TestPeer peer : peers) {
            lifecycle(peer);
            peer.configured(TestConfigurations.withPolicy(
                    TestPeer.channelConfig(), "LifecycleEndorsement", "OR('Org1MSP.peer', 'Org2MSP.peer')"));
        }
        for (int organization : new int[] {1, 2}) {
            assertThat(get(gateway(peers, 8, 100).endorse(recordedCommit(organization)))
                            .answers())
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.mspId()).isEqualTo(approvedInBlock(3)));
        }
    }

    @Test
    void tells_what_every_organisation_said_where_too_few_approved_a_definition() throws Exception {
        List<TestPeer> peers = List.of(TestPeer.upTo(1, 2), TestPeer.upTo(2, 2));
        for (TestPeer peer : peers) {
            lifecycle(peer);
            peer.configured(TestConfigurations.withPolicy(
                    TestPeer.channelConfig(), "LifecycleEndorsement", "OR('Org1MSP.peer', 'Org2MSP.peer')"));
        }
        EndorseException e = failure(gateway(peers, 8, 100).endorse(recordedCommit(1)));
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.CHAINCODE);
        assertThat(e).hasMessageContaining("chaincode definition not agreed to by this org (Org1MSP)");
        assertThat(e.answers())
                .extracting(answer -> answer.response().getResponse().getMessage())
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("(Org1MSP)"),
                        second -> assertThat(second).endsWith("(Org2MSP)"));
    }

    private void lifecycle(TestPeer peer) throws IOException {
        String name = peer.resources().node().name().value();
        peer.system(new LifecycleChaincode(
                peer.resources().node(),
                peer.resources().localMembership(),
                new NodePackages(
                        peer.resources().node(),
                        new InstalledPackages(folder.resolve(name + "/packages"), folder.resolve(name + "/work")),
                        ChaincodePackage.MAX_BYTES)));
    }

    private static SignedProposal recordedCommit(int organization) throws Exception {
        return TestProposal.of()
                .chaincode("_lifecycle")
                .args(recorded(5).invocation().getChaincodeSpec().getInput().getArgsList())
                .by(FabricVectors.admin(organization))
                .signed();
    }

    private static MspId approvedInBlock(int number) throws Exception {
        return new MspId(SerializedIdentity.parseFrom(
                        recorded(number).envelope().signatureHeader().getCreator())
                .getMspid());
    }

    private static EndorserTransaction recorded(int number) {
        return ((ParsedTransaction.Endorser) ParsedBlock.parse(FabricVectors.block(number))
                        .transactions()
                        .get(0))
                .transaction();
    }

    private List<String> endorsers(String... keys) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("put"));
        arguments.addAll(List.of(keys));
        return get(gateway()
                        .endorse(TestProposal.of(arguments.toArray(String[]::new))
                                .signed()))
                .answers()
                .stream()
                .map(a -> a.node().value())
                .toList();
    }

    /** Gives a key, on both peers, a value and a policy of its own. */
    private void guard(String key, String policy) throws Exception {
        StateKey stateKey = new StateKey("basic", key);
        ByteString metadata = KVMetadataWrite.newBuilder()
                .addEntries(KVMetadataEntry.newBuilder()
                        .setName("VALIDATION_PARAMETER")
                        .setValue(PolicyLanguage.parse(policy).toByteString()))
                .build()
                .toByteString();
        for (TestPeer peer : List.of(one, two)) {
            peer.ledger().put(Map.of(stateKey, ByteString.copyFromUtf8("0")));
            peer.ledger().putMetadata(stateKey, metadata);
        }
    }

    @Test
    void asks_no_peer_that_has_not_the_role_on_the_channel() throws Exception {
        both((call, host) -> Contract.ok("done"));
        one.system(new QsccChaincode(one.resources().channels()));
        one.configured(TestConfigurations.withPolicy(
                TestPeer.channelConfig(), "Org1MSP", "EndorsingPeers", "OR('Org1MSP.node:peer1.org1.example.com')"));

        EndorseException e = failure(gateway().endorse(TestProposal.of("x").signed()));
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.UNSATISFIED);
        assertThat(e).hasMessageContaining("missing: a signature by Org1MSP.peer");
        assertThat(get(gateway().endorseByAll(TestProposal.of("x").signed())))
                .extracting(a -> a.node().value())
                .containsExactly("peer0.org2.example.com");
        assertThat(evaluate(TestProposal.of("q"))).isEqualTo("done");
        assertThat(get(gateway()
                                .evaluate(TestProposal.of("GetChainInfo", "mychannel")
                                        .chaincode("qscc")
                                        .signed()))
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void hands_well_formed_envelopes_to_the_orderer_and_no_others() throws Exception {
        both((call, host) -> Contract.ok(""));
        LocalGateway gateway = gateway();
        Envelope prepared = get(gateway.endorse(TestProposal.of("x").signed())).envelope();
        ByteString envelope = signed(prepared);
        assertThat(broadcastFailure(gateway.submit(CHANNEL, envelope)).status()).isEqualTo(Status.SERVICE_UNAVAILABLE);
        List<ByteString> ordered = new ArrayList<>();
        gateway.connect((channel, bytes) -> {
            ordered.add(bytes);
            return CompletableFuture.completedFuture(null);
        });
        assertThat(gateway.submit(CHANNEL, envelope).toCompletableFuture().get())
                .isNull();
        assertThat(ordered).containsExactly(envelope);

        assertThat(broadcastFailure(gateway.submit(new ChannelId("other"), envelope)))
                .hasMessage("the envelope is for channel 'mychannel', not for 'other'");
        assertThat(broadcastFailure(gateway.submit(CHANNEL, prepared.toByteString())))
                .hasMessage("the envelope has no signature");
        assertThat(broadcastFailure(gateway.submit(CHANNEL, ByteString.copyFromUtf8("junk"))))
                .hasMessageStartingWith("not an envelope");
        // The same envelope with its fields the other way round, which re-serialising would turn back.
        ByteString signature = prepared.toBuilder()
                .clearPayload()
                .setSignature(FabricVectors.user(1).sign(prepared.getPayload()))
                .build()
                .toByteString();
        assertThat(broadcastFailure(gateway.submit(CHANNEL, signature.concat(prepared.toByteString()))))
                .hasMessageContaining("not in protobuf's usual form");
        assertThat(ordered).hasSize(1);
    }

    @Test
    void commit_status_of_a_channel_or_transaction_that_cannot_be() throws Exception {
        EndorseException e =
                failure(gateway().commitStatus(new ChannelId("other"), new TxId("00"), Duration.ofSeconds(1)));
        assertThat(e.kind()).isEqualTo(EndorseException.Kind.NOT_FOUND);
        assertThat(get(gateway().commitStatus(CHANNEL, new TxId("\u0000"), Duration.ofMinutes(1))))
                .isEmpty();
    }

    private void both(Contract contract) {
        one.runs("basic", contract);
        two.runs("basic", contract);
    }

    private LocalGateway gateway() {
        return gateway(8, 100);
    }

    private LocalGateway gateway(int concurrency, int waiting) {
        return gateway(List.of(one, two), concurrency, waiting);
    }

    private LocalGateway gateway(List<TestPeer> testPeers, int concurrency, int waiting) {
        List<HostedPeer> peers = testPeers.stream()
                .map(peer -> new HostedPeer(
                        peer.resources(), new ProposalQueue(peer.endorser(), executor, concurrency, waiting)))
                .toList();
        return new LocalGateway(
                peers,
                new Questions(deadlines, executor, Duration.ofSeconds(20)),
                new CommitNotifier(100, Duration.ofSeconds(1), deadlines, executor),
                GatewaySettings.DEFAULT);
    }

    private String evaluate(TestProposal proposal) throws Exception {
        return get(gateway().evaluate(proposal.signed()))
                .getResponse()
                .getPayload()
                .toStringUtf8();
    }

    private void assertKind(TestProposal proposal, EndorseException.Kind kind, String message) {
        EndorseException e = failure(gateway().endorse(proposal.signed()));
        assertThat(e.kind()).isEqualTo(kind);
        assertThat(e).hasMessageContaining(message);
    }

    private static ByteString signed(Envelope envelope) {
        return envelope.toBuilder()
                .setSignature(FabricVectors.user(1).sign(envelope.getPayload()))
                .build()
                .toByteString();
    }

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static EndorseException failure(CompletionStage<?> stage) {
        return (EndorseException) cause(stage);
    }

    private static BroadcastException broadcastFailure(CompletionStage<?> stage) {
        return (BroadcastException) cause(stage);
    }

    private static Throwable cause(CompletionStage<?> stage) {
        Throwable[] cause = new Throwable[1];
        assertThatThrownBy(() -> stage.toCompletableFuture().get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .satisfies(e -> cause[0] = e.getCause());
        return java.util.Objects.requireNonNull(cause[0]);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not released");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
