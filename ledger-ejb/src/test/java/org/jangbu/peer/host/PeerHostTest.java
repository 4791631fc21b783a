package org.jangbu.peer.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessResult;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.GetInstalledChaincodePackageArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.GetInstalledChaincodePackageResult;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodesArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryInstalledChaincodesResult;
import org.jangbu.ledger.block.BlockSource;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.ledger.privatedata.CollectionMembership;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.ChannelId;
import org.jangbu.model.LedgerId;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.peer.endorse.MemoryLedger;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.endorse.TestProposal;
import org.jangbu.peer.gateway.BroadcastException;
import org.jangbu.peer.gateway.EndorseException;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.peer.gateway.Ordering;
import org.jangbu.peer.gateway.PeerConnections;
import org.jangbu.peer.settings.PeerSettings;
import org.jangbu.peer.validate.TestChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server but for the server: both peers, a real contract, and an orderer that makes a block of each envelope. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class PeerHostTest {
    private static final ChannelId CHANNEL = new ChannelId("mychannel");
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final ExecutorService proposals = Executors.newFixedThreadPool(8);
    private final ExecutorService blocks = Executors.newFixedThreadPool(4);
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final HealthRegistry health = new HealthRegistry();
    private final Map<String, String> configured = new HashMap<>(Map.of("jangbu.chaincode.timeout", "PT2S"));
    private final MemoryLedgers ledgers = new MemoryLedgers();
    private final OneByOne orderer = new OneByOne();
    private TestHome home;
    private PeerHost host;

    @BeforeEach
    void open() throws IOException {
        home = new TestHome(folder);
        host = new PeerHost(new HostParts(
                home.path(),
                new NodeDirectory(home.path()),
                PeerSettings.read(key -> Optional.ofNullable(configured.get(key))),
                ledgers,
                proposals,
                blocks,
                scheduler,
                Executors.defaultThreadFactory(),
                Clock.fixed(TestPeer.NOW, ZoneOffset.UTC),
                RevocationSource.NONE,
                HostMetrics.NONE,
                health,
                PeerConnections.ByNode.NONE));
    }

    @AfterEach
    void close() {
        host.close();
        scheduler.shutdownNow();
        proposals.shutdownNow();
        blocks.shutdownNow();
    }

    @Test
    void runs_a_contract_from_its_definition_to_balances_on_both_peers() throws Exception {
        startAndConnect();
        assertThat(failure(() -> evaluate(1, "balance", "A")).kind()).isEqualTo(EndorseException.Kind.NOT_FOUND);
        define(1);

        assertThat(submit("open", "A", "10000")).isEqualTo(TxValidationCode.VALID);
        assertThat(submit("open", "B", "0")).isEqualTo(TxValidationCode.VALID);
        assertThat(submit("transfer", "A", "B", "1000")).isEqualTo(TxValidationCode.VALID);

        for (int organization : new int[] {1, 2}) {
            assertThat(evaluate(organization, "balance", "A")).isEqualTo("9000");
            assertThat(evaluate(organization, "balance", "B")).isEqualTo("1000");
        }
        assertThat(host.query()
                        .chainInfo(FabricVectors.user(1).serialized(), CHANNEL)
                        .orElseThrow()
                        .height())
                .isEqualTo(7);
    }

    @Test
    void a_runaway_a_refusal_and_a_whim_each_end_their_own_proposal_alone() throws Exception {
        startAndConnect();
        define(1);
        submit("open", "A", "5");
        CompletionStage<?> spinning = host.gateway().evaluate(proposal(1, "spin"));

        EndorseException poor = failure(() -> submit("transfer", "A", "A", "6"));
        assertThat(poor.kind()).isEqualTo(EndorseException.Kind.CHAINCODE);
        assertThat(poor).hasMessage("chaincode response 500, A has not enough");
        EndorseException whim = failure(() -> submit("whim"));
        assertThat(whim.kind()).isEqualTo(EndorseException.Kind.MISMATCH);
        assertThat(whim.answers()).hasSize(2);

        EndorseException runaway = failure(() -> get(spinning));
        assertThat(runaway.kind()).isEqualTo(EndorseException.Kind.CHAINCODE);
        assertThat(runaway).hasMessageContaining("failed to execute transaction");
        assertThat(evaluate(1, "balance", "A")).isEqualTo("5");
    }

    @Test
    void a_package_that_is_not_allowed_is_not_run_and_says_so() throws Exception {
        home.allow(List.of());
        startAndConnect();
        define(1);
        assertThat(failure(() -> evaluate(1, "balance", "A")))
                .hasMessageContaining("no peers available to evaluate chaincode purse");
    }

    @Test
    void an_organisation_that_has_not_approved_keeps_a_definition_from_being_endorsed() throws Exception {
        startAndConnect();
        assertThat(approve(1, definition(1))).isEqualTo(TxValidationCode.VALID);
        assertThat(readiness(definition(1)).getApprovalsMap()).isEqualTo(Map.of("Org1MSP", true, "Org2MSP", false));
        EndorseException e = failure(() -> commitDefinition(1));
        assertThat(e).hasMessageContaining("chaincode definition not agreed to by this org (Org2MSP)");
    }

    @Test
    void tells_in_what_an_approval_differs_and_only_own_peers_know_what_was_approved() throws Exception {
        startAndConnect();
        approve(1, definition(1));
        approve(2, definition(1).toBuilder().setInitRequired(true).build());
        ProposalResponse answer = get(host.gateway().evaluate(lifecycle(1, "CheckCommitReadiness", commitArgs(1))));
        assertThat(answer.getResponse().getMessage()).isEqualTo("Org2MSP: EndorsementInfo differs");
        QueryApprovedChaincodeDefinitionArgs query = QueryApprovedChaincodeDefinitionArgs.newBuilder()
                .setName("purse")
                .build();
        for (int organization : new int[] {1, 2}) {
            QueryApprovedChaincodeDefinitionResult approved = QueryApprovedChaincodeDefinitionResult.parseFrom(
                    get(host.gateway().evaluate(lifecycle(organization, "QueryApprovedChaincodeDefinition", query)))
                            .getResponse()
                            .getPayload());
            assertThat(approved.getInitRequired()).isEqualTo(organization == 2);
            assertThat(approved.getSource().getLocalPackage().getPackageId()).isEqualTo(home.packageId());
        }
        assertThat(failure(() -> approve(1, definition(1))))
                .hasMessageContaining(
                        "attempted to redefine uncommitted sequence (1) for namespace purse with unchanged content");
    }

    @Test
    void a_package_is_installed_once_and_given_back_as_it_came() throws Exception {
        startAndConnect();
        install(1);
        assertThat(failure(() -> install(1)))
                .hasMessageContaining("chaincode already successfully installed (package ID '" + home.packageId());
        GetInstalledChaincodePackageResult found = GetInstalledChaincodePackageResult.parseFrom(get(host.gateway()
                        .evaluate(lifecycle(
                                1,
                                "GetInstalledChaincodePackage",
                                GetInstalledChaincodePackageArgs.newBuilder()
                                        .setPackageId(home.packageId())
                                        .build())))
                .getResponse()
                .getPayload());
        assertThat(found.getChaincodeInstallPackage().toByteArray()).isEqualTo(home.packageFile());
        // The other organisation's peer has none, and its administrators are not these.
        assertThat(QueryInstalledChaincodesResult.parseFrom(get(host.gateway()
                                        .evaluate(lifecycle(
                                                2,
                                                "QueryInstalledChaincodes",
                                                QueryInstalledChaincodesArgs.getDefaultInstance())))
                                .getResponse()
                                .getPayload())
                        .getInstalledChaincodesList())
                .isEmpty();
        assertThat(failure(() -> get(host.gateway()
                        .evaluate(TestProposal.of("QueryInstalledChaincodes", "")
                                .chaincode("_lifecycle")
                                .by(FabricVectors.user(1))
                                .signed()))))
                .hasMessageContaining("Failed to authorize invocation due to failed ACL check");
    }

    @Test
    void answers_that_it_is_not_ready_while_the_database_is_away_and_opens_when_it_is_back() throws Exception {
        ledgers.away = true;
        host.start();
        Awaitility.await().until(() -> ledgers.tried.get() >= 1);
        assertThat(failure(() -> evaluate(1, "balance", "A")).kind()).isEqualTo(EndorseException.Kind.UNAVAILABLE);
        assertThatThrownBy(() -> host.query().channels(ByteString.EMPTY)).isInstanceOf(StateUnavailableException.class);
        assertThatThrownBy(() -> get(host.gateway().submit(CHANNEL, ByteString.EMPTY)))
                .cause()
                .isInstanceOf(BroadcastException.class);
        assertThat(HealthRegistry.isUp(health.check(HealthKind.STARTUP))).isFalse();
        host.blockIntake().offer(CHANNEL, FabricVectors.block(1));

        ledgers.away = false;
        Awaitility.await().atMost(LONG).until(host::isOpen);
        assertThat(HealthRegistry.isUp(health.check(HealthKind.STARTUP))).isTrue();
        assertThat(HealthRegistry.isUp(health.check(HealthKind.READINESS))).isFalse();
        host.connect(orderer, orderer);
        Awaitility.await().atMost(LONG).until(() -> HealthRegistry.isUp(health.check(HealthKind.READINESS)));
    }

    @Test
    void is_ready_with_a_channel_that_the_orderer_has_left() {
        orderer.left = true;
        startAndConnect();
        Awaitility.await().atMost(LONG).until(() -> HealthRegistry.isUp(health.check(HealthKind.READINESS)));
    }

    @Test
    void a_damaged_ledger_is_left_out_and_holds_readiness_down() throws Exception {
        ledgers.damaged = "peer0.org2.example.com";
        startAndConnect();
        assertThat(host.query().channels(FabricVectors.user(2).serialized())).hasSize(1);
        assertThat(health.check(HealthKind.READINESS).get("ledger peer0.org2.example.com/mychannel"))
                .satisfies(status -> assertThat(status.well()).isFalse());
        assertThat(HealthRegistry.isUp(health.check(HealthKind.READINESS))).isFalse();
    }

    @Test
    void what_a_stranger_asks_of_ledgers_looks_as_if_it_were_not_there() throws Exception {
        startAndConnect();
        ByteString member = FabricVectors.user(1).serialized();
        ByteString stranger = ByteString.copyFromUtf8("nobody");
        assertThat(host.query().block(member, CHANNEL, 0)).isPresent();
        assertThat(host.query().block(stranger, CHANNEL, 0)).isEmpty();
        assertThat(host.query().channels(stranger)).isEmpty();
        assertThat(host.query().block(member, new ChannelId("other"), 0)).isEmpty();
        assertThat(host.query().config(member, CHANNEL)).isPresent();
        String genesisTx = ParsedEnvelope.parse(FabricVectors.block(0).getData().getData(0))
                .txId()
                .value();
        assertThat(host.query().transaction(member, CHANNEL, new org.jangbu.model.TxId(genesisTx)))
                .hasValueSatisfying(t -> assertThat(t.code()).isEqualTo(TxValidationCode.VALID));
        assertThat(host.query().transaction(member, CHANNEL, new org.jangbu.model.TxId("\u0000")))
                .isEmpty();
    }

    private void startAndConnect() {
        host.start();
        host.connect(orderer, orderer);
        Awaitility.await().atMost(LONG).until(host::isOpen);
    }

    private void define(long sequence) throws Exception {
        for (int organization : new int[] {1, 2}) {
            install(organization);
            assertThat(approve(organization, definition(sequence))).isEqualTo(TxValidationCode.VALID);
        }
        assertThat(commitDefinition(sequence)).isEqualTo(TxValidationCode.VALID);
    }

    private ProposalResponse install(int organization) throws Exception {
        return get(host.gateway()
                .evaluate(lifecycle(
                        organization,
                        "InstallChaincode",
                        InstallChaincodeArgs.newBuilder()
                                .setChaincodeInstallPackage(ByteString.copyFrom(home.packageFile()))
                                .build())));
    }

    private TxValidationCode approve(int organization, ApproveChaincodeDefinitionForMyOrgArgs definition)
            throws Exception {
        ApproveChaincodeDefinitionForMyOrgArgs approval = definition.toBuilder()
                .setSource(ChaincodeSource.newBuilder()
                        .setLocalPackage(ChaincodeSource.Local.newBuilder().setPackageId(home.packageId())))
                .build();
        return order(
                lifecycle(organization, "ApproveChaincodeDefinitionForMyOrg", approval),
                FabricVectors.admin(organization));
    }

    private CheckCommitReadinessResult readiness(ApproveChaincodeDefinitionForMyOrgArgs definition) throws Exception {
        return CheckCommitReadinessResult.parseFrom(
                get(host.gateway().evaluate(lifecycle(1, "CheckCommitReadiness", commitArgs(definition.getSequence()))))
                        .getResponse()
                        .getPayload());
    }

    private static SignedProposal lifecycle(int organization, String function, MessageLite argument) {
        return TestProposal.of()
                .chaincode("_lifecycle")
                .args(List.of(ByteString.copyFromUtf8(function), argument.toByteString()))
                .by(FabricVectors.admin(organization))
                .signed();
    }

    private TxValidationCode commitDefinition(long sequence) throws Exception {
        return order(lifecycle(1, "CommitChaincodeDefinition", commitArgs(sequence)), FabricVectors.admin(1));
    }

    private static CommitChaincodeDefinitionArgs commitArgs(long sequence) {
        ApproveChaincodeDefinitionForMyOrgArgs approved = definition(sequence);
        return CommitChaincodeDefinitionArgs.newBuilder()
                .setName(approved.getName())
                .setSequence(approved.getSequence())
                .setVersion(approved.getVersion())
                .build();
    }

    private static ApproveChaincodeDefinitionForMyOrgArgs definition(long sequence) {
        return ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                .setName("purse")
                .setSequence(sequence)
                .setVersion("1.0")
                .build();
    }

    private TxValidationCode submit(String... args) throws Exception {
        return order(proposal(1, args), FabricVectors.user(1));
    }

    private TxValidationCode order(SignedProposal proposal, SigningIdentity creator) throws Exception {
        Gateway.PreparedTransaction prepared = get(host.gateway().endorse(proposal));
        ByteString envelope = prepared.envelope().toBuilder()
                .setSignature(creator.sign(prepared.envelope().getPayload()))
                .build()
                .toByteString();
        get(host.gateway().submit(CHANNEL, envelope));
        return get(host.gateway()
                        .commitStatus(CHANNEL, ParsedEnvelope.parse(envelope).txId(), LONG))
                .orElseThrow()
                .code();
    }

    private String evaluate(int organization, String... args) throws Exception {
        return get(host.gateway().evaluate(proposal(organization, args)))
                .getResponse()
                .getPayload()
                .toStringUtf8();
    }

    private static SignedProposal proposal(int organization, String... args) {
        return TestProposal.of(args)
                .chaincode("purse")
                .by(FabricVectors.user(organization))
                .signed();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private interface Call {
        Object call() throws Exception;
    }

    private static EndorseException failure(Call call) {
        List<EndorseException> failures = new ArrayList<>();
        assertThatThrownBy(call::call)
                .isInstanceOf(ExecutionException.class)
                .satisfies(e -> failures.add((EndorseException) e.getCause()));
        return failures.get(0);
    }

    /** The database of this server: memory, which can be away. */
    private static final class MemoryLedgers implements LedgerOpener {
        private final AtomicInteger tried = new AtomicInteger();
        private volatile boolean away;
        private volatile String damaged = "";

        @Override
        public void migrate() {
            tried.incrementAndGet();
            if (away) {
                throw new StateUnavailableException("connection refused", true);
            }
        }

        @Override
        public PeerLedger open(LedgerId id, Path folder, CollectionMembership members) throws LedgerException {
            if (id.node().value().equals(damaged)) {
                throw new LedgerException(id, "block 3 does not follow block 2");
            }
            return new MemoryLedger(id.node().value(), id.channel().value()).memberBy(members);
        }
    }

    /** Orders at once: each envelope is a block. */
    private final class OneByOne implements Ordering, BlockSource {
        /** It has left the channel: it still answers, but has nothing of it. */
        private volatile boolean left;

        private final TestChannel channel = new TestChannel();

        @Override
        public synchronized CompletionStage<Void> broadcast(ChannelId id, ByteString envelope) {
            host.blockIntake().offer(id, channel.next(envelope));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public synchronized CompletionStage<OptionalLong> height(ChannelId id) {
            return CompletableFuture.completedFuture(
                    left
                            ? OptionalLong.empty()
                            : OptionalLong.of(channel.blocks().size()));
        }

        @Override
        public synchronized CompletionStage<List<Block>> blocks(ChannelId id, long from, int limit) {
            List<Block> all = channel.blocks();
            int start = (int) Math.min(from, all.size());
            return CompletableFuture.completedFuture(
                    List.copyOf(all.subList(start, Math.min(all.size(), start + limit))));
        }
    }
}
