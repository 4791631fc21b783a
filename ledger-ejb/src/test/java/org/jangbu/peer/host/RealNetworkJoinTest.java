package org.jangbu.peer.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.Capabilities;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;
import org.hyperledger.fabric.protos.peer.AnchorPeers;
import org.hyperledger.fabric.protos.peer.ApplicationPolicy;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.CheckCommitReadinessResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryApprovedChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionResult;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.QueryChaincodeDefinitionsResult;
import org.jangbu.ledger.block.BlockSource;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.PeerLedgers;
import org.jangbu.ledger.commit.jpa.TestDatabase;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.ledger.privatedata.CollectionMembership;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.ledger.state.VersionedValue;
import org.jangbu.ledger.state.WorldState;
import org.jangbu.model.BlockHash;
import org.jangbu.model.ChannelId;
import org.jangbu.model.CommitHash;
import org.jangbu.model.EndorserTransaction;
import org.jangbu.model.LedgerId;
import org.jangbu.model.NodeName;
import org.jangbu.model.ParsedBlock;
import org.jangbu.model.ParsedTransaction;
import org.jangbu.model.ReadWriteSet;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.model.Version;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.msp.policy.SignedData;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.endorse.TestProposal;
import org.jangbu.peer.gateway.PeerConnections;
import org.jangbu.peer.settings.PeerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A peer of ours joins the channel of a real Fabric network by its first block and gets the others from a source, one after the other: over a
 * real PostgreSQL it comes to what the peers of that network came to. The source brings what an orderer does: each block is stripped of
 * filter and commit hash, so that those found here are this peer's own.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class RealNetworkJoinTest {
    private static final ChannelId CHANNEL = new ChannelId("mychannel");
    private static final NodeName PEER = new NodeName("peer0.org2.example.com");
    private static final ByteString MESSAGE = ByteString.copyFromUtf8("a message");
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final ExecutorService pool = Executors.newFixedThreadPool(8);
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final HealthRegistry health = new HealthRegistry();
    private final PostgresLedgers ledgers = new PostgresLedgers();
    private final Orderer orderer = new Orderer();
    private PeerHost host;

    @BeforeEach
    void join() throws Exception {
        new TestHome(folder);
        for (int organization : new int[] {1, 2}) {
            Files.delete(folder.resolve("nodes/peer0.org" + organization + ".example.com/genesis/mychannel.block"));
        }
        start();
        host.channels().join(FabricVectors.admin(2).serialized(), PEER, FabricVectors.block(0));
    }

    @AfterEach
    void close() {
        host.close();
        scheduler.shutdownNow();
        pool.shutdownNow();
    }

    @Test
    void commits_every_block_as_the_peers_of_that_network_did() throws Exception {
        upTo(10);
        for (int number = 0; number <= 10; number++) {
            Block theirs = FabricVectors.block(number);
            Block ours = host.query().block(caller(), CHANNEL, number).orElseThrow();
            String which = "block " + number;
            assertThat(BlockHash.of(ours.getHeader())).as(which).isEqualTo(BlockHash.of(theirs.getHeader()));
            assertThat(TransactionsFilter.of(ours)).as(which).isEqualTo(TransactionsFilter.of(theirs));
            assertThat(CommitHash.in(ours)).as(which).isEqualTo(CommitHash.in(theirs));
            assertThat(ours).as(which).isEqualTo(theirs);
        }
        assertThat(TransactionsFilter.of(stored(9)).bytes()).isEqualTo(ByteString.fromHex("000b0b"));
        assertThat(BlockHash.hex(CommitHash.in(stored(1))))
                .isEqualTo("47dc540c94ceb704a23875c11273e16bb0b8a87aed84de911f2133568115f254");
        assertThat(BlockHash.hex(CommitHash.in(stored(10))))
                .startsWith("7a56f44b")
                .endsWith("3f96");
        assertThat(BlockHash.hex(
                        host.query().chainInfo(caller(), CHANNEL).orElseThrow().currentBlockHash()))
                .isEqualTo("702b16783865c5abf0cb6a3c84f2abbc9664a41ab41d782b2d6653ed1fbefff8");
    }

    @Test
    void has_the_bundle_of_that_network_after_each_configuration() throws Exception {
        ByteString none = ByteString.EMPTY;
        assertBundle(0, Map.of());
        upTo(1);
        assertBundle(1, Map.of("Org1MSP", "localhost:28051"));
        upTo(2);
        Map<String, String> both = Map.of("Org1MSP", "localhost:28051", "Org2MSP", "localhost:29051");
        assertBundle(2, both);
        upTo(10);
        assertThat(config().config()).isEqualTo(recordedConfig(2));
        assertThat(host.query().config(none, CHANNEL)).isEmpty();
    }

    /** What configuration number {@code sequence}, which block {@code sequence} brought, says and means. */
    private void assertBundle(int sequence, Map<String, String> anchors) throws Exception {
        ChannelConfig config = config();
        assertThat(config.sequence()).isEqualTo(sequence);
        assertThat(config.config()).isEqualTo(recordedConfig(sequence));
        assertThat(config.applicationOrganizations())
                .extracting(ChannelConfig.Organization::mspId)
                .containsExactly(FabricVectors.ORG1, FabricVectors.ORG2);
        assertThat(config.ordererOrganizations())
                .extracting(ChannelConfig.Organization::mspId)
                .containsExactly(FabricVectors.ORDERER);
        assertThat(config.orderer().consensusType()).isEqualTo("etcdraft");
        ConfigGroup root = config.config().getChannelGroup();
        ConfigGroup application = root.getGroupsOrThrow("Application");
        for (String organization : List.of("Org1MSP", "Org2MSP")) {
            assertThat(anchors(application.getGroupsOrThrow(organization)))
                    .as(organization)
                    .isEqualTo(anchors.containsKey(organization) ? List.of(anchors.get(organization)) : List.of());
        }
        assertThat(capabilities(root)).containsExactly("V2_0");
        assertThat(capabilities(root.getGroupsOrThrow("Orderer"))).containsExactly("V2_0");
        assertThat(capabilities(application)).containsExactly("V2_5");
        assertThat(may(config, "/Channel/Application/Writers", FabricVectors.user(1)))
                .isTrue();
        assertThat(may(config, "/Channel/Application/Writers", FabricVectors.peer(1)))
                .isFalse();
        assertThat(may(config, "/Channel/Application/Readers", FabricVectors.peer(2)))
                .isTrue();
        assertThat(may(config, "/Channel/Application/Org2MSP/Admins", FabricVectors.admin(2)))
                .isTrue();
        assertThat(may(config, "/Channel/Application/Org2MSP/Admins", FabricVectors.admin(1)))
                .isFalse();
        assertThat(may(config, "/Channel/Application/LifecycleEndorsement", FabricVectors.peer(1)))
                .isFalse();
        assertThat(may(
                        config,
                        "/Channel/Application/LifecycleEndorsement",
                        FabricVectors.peer(1),
                        FabricVectors.peer(2)))
                .isTrue();
        assertThat(may(config, "/Channel/Orderer/BlockValidation", FabricVectors.orderer()))
                .isTrue();
        assertThat(may(config, "/Channel/Orderer/BlockValidation", FabricVectors.peer(1)))
                .isFalse();
    }

    @Test
    void has_the_lifecycle_state_of_that_network_after_each_step_of_the_ceremony() throws Exception {
        upTo(2);
        assertThat(readiness()).isEqualTo(Map.of("Org1MSP", false, "Org2MSP", false));
        upTo(3);
        assertThat(readiness()).isEqualTo(Map.of("Org1MSP", true, "Org2MSP", false));
        assertApprovalIsKnownByItsHashes(3, "_implicit_org_Org1MSP");
        upTo(4);
        assertThat(readiness()).isEqualTo(Map.of("Org1MSP", true, "Org2MSP", true));
        assertApprovalIsKnownByItsHashes(4, "_implicit_org_Org2MSP");
        assertThatThrownBy(this::definition).hasMessageContaining("namespace basic is not defined");

        upTo(5);
        QueryChaincodeDefinitionResult definition = definition();
        assertThat(definition.getSequence()).isEqualTo(1);
        assertThat(definition.getVersion()).isEqualTo("1.0");
        assertThat(definition.getEndorsementPlugin()).isEqualTo("escc");
        assertThat(definition.getValidationPlugin()).isEqualTo("vscc");
        assertThat(definition.getInitRequired()).isFalse();
        assertThat(definition.getCollections().getConfigList()).isEmpty();
        assertThat(ApplicationPolicy.parseFrom(definition.getValidationParameter())
                        .getChannelConfigPolicyReference())
                .isEqualTo("/Channel/Application/Endorsement");
        assertThat(definition.getApprovalsMap()).isEqualTo(Map.of("Org1MSP", true, "Org2MSP", true));
        assertThat(QueryChaincodeDefinitionsResult.parseFrom(lifecycle(
                                "QueryChaincodeDefinitions", QueryChaincodeDefinitionsArgs.getDefaultInstance()))
                        .getChaincodeDefinitionsList())
                .extracting(QueryChaincodeDefinitionsResult.ChaincodeDefinition::getName)
                .containsExactly("basic");
        // The values of the approval never came with the blocks, and nobody makes them up.
        assertThatThrownBy(() -> lifecycle(
                        "QueryApprovedChaincodeDefinition",
                        QueryApprovedChaincodeDefinitionArgs.newBuilder()
                                .setName("basic")
                                .setSequence(1)
                                .build()))
                .hasMessageContaining("could not fetch approved chaincode definition (name: 'basic', sequence: '1')");
    }

    private void assertApprovalIsKnownByItsHashes(int number, String collection) {
        ReadWriteSet.Collection written = transaction(number, 0).readWriteSet().namespaces().stream()
                .flatMap(namespace -> namespace.collections().stream())
                .findFirst()
                .orElseThrow();
        assertThat(written.name()).isEqualTo(collection);
        assertThat(written.hashes().getHashedWritesList()).hasSizeGreaterThan(3);
        for (KVWriteHash write : written.hashes().getHashedWritesList()) {
            assertThat(ledger().state().get(StateKey.hashed("_lifecycle", collection, write.getKeyHash())))
                    .hasValueSatisfying(found -> {
                        assertThat(found.value()).isEqualTo(write.getValueHash());
                        assertThat(found.version()).isEqualTo(new Version(number, 0));
                    });
        }
    }

    @Test
    void comes_to_the_state_that_a_peer_of_that_network_read_for_the_last_block() throws Exception {
        upTo(9);
        List<KVRead> theirs = transaction(10, 0).readWriteSet().namespaces().stream()
                .filter(namespace -> namespace.name().equals("basic"))
                .findFirst()
                .orElseThrow()
                .keys()
                .getRangeQueriesInfo(0)
                .getRawReads()
                .getKvReadsList();
        List<WorldState.Entry> ours = ledger().state().range("basic", "\u0001", "", 100);
        assertThat(ours).hasSize(7);
        assertThat(ours).extracting(entry -> entry.key().key()).isEqualTo(keys(theirs));
        assertThat(ours)
                .extracting(entry -> entry.value().version())
                .isEqualTo(theirs.stream()
                        .map(read -> new Version(read.getVersion().getBlockNum(), (int)
                                read.getVersion().getTxNum()))
                        .toList());
        VersionedValue asset =
                ledger().state().get(new StateKey("basic", "asset1")).orElseThrow();
        assertThat(asset.version()).isEqualTo(new Version(9, 0));
    }

    private static List<String> keys(List<KVRead> reads) {
        return reads.stream().map(KVRead::getKey).toList();
    }

    @Test
    void a_block_that_the_orderer_has_not_signed_so_is_refused_and_the_signed_one_taken_when_it_comes()
            throws Exception {
        upTo(6);
        Block signed = FabricVectors.block(7);
        Block forged = signed.toBuilder()
                .setData(FabricVectors.block(6).getData())
                .setHeader(signed.getHeader().toBuilder()
                        .setDataHash(FabricVectors.block(6).getHeader().getDataHash()))
                .build();
        host.blockIntake().offer(CHANNEL, forged);
        host.blockIntake().offer(CHANNEL, signed);
        Awaitility.await().atMost(LONG).until(() -> ledger().height() == 8);
        assertThat(stored(7)).isEqualTo(signed);
        upTo(10);
        assertThat(stored(10)).isEqualTo(FabricVectors.block(10));
    }

    @Test
    void opens_again_where_it_was_and_goes_on() throws Exception {
        upTo(5);
        host.close();
        start();
        assertThat(ledger().height()).isEqualTo(6);
        assertThat(config().sequence()).isEqualTo(2);
        assertThat(definition().getSequence()).isEqualTo(1);
        upTo(10);
        assertThat(stored(10)).isEqualTo(FabricVectors.block(10));
        Awaitility.await().atMost(LONG).until(() -> HealthRegistry.isUp(health.check(HealthKind.READINESS)));
    }

    private void start() {
        host = new PeerHost(new HostParts(
                folder,
                new NodeDirectory(folder),
                PeerSettings.read(key -> Optional.empty()),
                ledgers,
                pool,
                pool,
                scheduler,
                Executors.defaultThreadFactory(),
                Clock.fixed(TestPeer.NOW, ZoneOffset.UTC),
                RevocationSource.NONE,
                HostMetrics.NONE,
                health,
                PeerConnections.ByNode.NONE));
        host.start();
        host.connect(
                (channel, envelope) -> CompletableFuture.failedFuture(new AssertionError("nothing is sent")), orderer);
        Awaitility.await().atMost(LONG).until(host::isOpen);
    }

    /** Lets the peer have the blocks up to that one, and waits until it has them. */
    private void upTo(int number) {
        orderer.height = number + 1L;
        host.blockIntake().announce(CHANNEL, number + 1L);
        Awaitility.await().atMost(LONG).until(() -> ledger().height() == number + 1L);
        Awaitility.await().atMost(LONG).until(() -> config().sequence() == Math.min(number, 2));
    }

    private PeerLedger ledger() {
        return Objects.requireNonNull(ledgers.open.get(PEER));
    }

    private Block stored(int number) {
        return ledger().block(number).orElseThrow();
    }

    private ChannelConfig config() {
        return host.query().config(caller(), CHANNEL).orElseThrow();
    }

    private static ByteString caller() {
        return FabricVectors.user(2).serialized();
    }

    private static Config recordedConfig(int block) throws Exception {
        ByteString data = ParsedBlock.parse(FabricVectors.block(block))
                .transactions()
                .get(0)
                .envelope()
                .orElseThrow()
                .payload()
                .getData();
        return ConfigEnvelope.parseFrom(data).getConfig();
    }

    private static List<String> anchors(ConfigGroup organization) throws IOException {
        return organization.containsValues("AnchorPeers")
                ? AnchorPeers.parseFrom(
                                organization.getValuesOrThrow("AnchorPeers").getValue())
                        .getAnchorPeersList()
                        .stream()
                        .map(anchor -> anchor.getHost() + ":" + anchor.getPort())
                        .toList()
                : List.of();
    }

    private static Iterable<String> capabilities(ConfigGroup group) throws IOException {
        return Capabilities.parseFrom(group.getValuesOrThrow("Capabilities").getValue())
                .getCapabilitiesMap()
                .keySet();
    }

    private static boolean may(ChannelConfig config, String policy, SigningIdentity... signers) {
        return config.policy(policy)
                .orElseThrow()
                .isSatisfiedBySignatures(List.of(signers).stream()
                        .map(signer -> new SignedData(List.of(MESSAGE), signer.serialized(), signer.sign(MESSAGE)))
                        .toList());
    }

    private static EndorserTransaction transaction(int block, int position) {
        ParsedTransaction parsed =
                ParsedBlock.parse(FabricVectors.block(block)).transactions().get(position);
        return ((ParsedTransaction.Endorser) parsed).transaction();
    }

    private Map<String, Boolean> readiness() throws Exception {
        CheckCommitReadinessArgs wanted = CheckCommitReadinessArgs.parseFrom(
                transaction(5, 0).invocation().getChaincodeSpec().getInput().getArgs(1));
        return CheckCommitReadinessResult.parseFrom(lifecycle("CheckCommitReadiness", wanted))
                .getApprovalsMap();
    }

    private QueryChaincodeDefinitionResult definition() throws Exception {
        return QueryChaincodeDefinitionResult.parseFrom(lifecycle(
                "QueryChaincodeDefinition",
                QueryChaincodeDefinitionArgs.newBuilder().setName("basic").build()));
    }

    private ByteString lifecycle(String function, MessageLite argument) throws Exception {
        return host.gateway()
                .evaluate(TestProposal.of()
                        .chaincode("_lifecycle")
                        .args(List.of(ByteString.copyFromUtf8(function), argument.toByteString()))
                        .by(FabricVectors.admin(2))
                        .signed())
                .toCompletableFuture()
                .get(LONG.toSeconds(), TimeUnit.SECONDS)
                .getResponse()
                .getPayload();
    }

    /** Ledgers in a real database, each test's apart from the others'. */
    private static final class PostgresLedgers implements LedgerOpener {
        private final PeerLedgers ledgers = new PeerLedgers(TestDatabase.get()::open, 1 << 20);
        private final LedgerId place = TestDatabase.newLedger(CHANNEL);
        private final Map<NodeName, PeerLedger> open = new ConcurrentHashMap<>();

        @Override
        public void migrate() {}

        @Override
        public PeerLedger open(LedgerId id, Path where, CollectionMembership members) throws LedgerException {
            assertThat(id).isEqualTo(new LedgerId(PEER, CHANNEL));
            PeerLedger ledger = ledgers.open(place, where, members);
            open.put(id.node(), ledger);
            return ledger;
        }
    }

    /** Has the chain up to some height, as the orderer made it: what peers add is not there, or is a lie. */
    private static final class Orderer implements BlockSource {
        private volatile long height = 1;

        @Override
        public CompletionStage<OptionalLong> height(ChannelId id) {
            return CompletableFuture.completedFuture(OptionalLong.of(height));
        }

        @Override
        public CompletionStage<List<Block>> blocks(ChannelId id, long from, int limit) {
            return CompletableFuture.completedFuture(FabricVectors.chain().stream()
                    .filter(block -> block.getHeader().getNumber() >= from
                            && block.getHeader().getNumber() < height)
                    .limit(limit)
                    .map(Orderer::stripped)
                    .toList());
        }

        private static Block stripped(Block block) {
            boolean lying = block.getHeader().getNumber() % 2 == 1;
            Block.Builder as = block.toBuilder();
            as.getMetadataBuilder()
                    .setMetadata(
                            BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE,
                            lying ? ByteString.copyFrom(new byte[block.getData().getDataCount()]) : ByteString.EMPTY)
                    .setMetadata(
                            BlockMetadataIndex.COMMIT_HASH_VALUE,
                            lying ? ByteString.copyFromUtf8("\n a commit hash of another network") : ByteString.EMPTY);
            return as.build();
        }
    }
}
