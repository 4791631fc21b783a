package org.jangbu.peer.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.peer.ChannelQueryResponse;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.Response;
import org.jangbu.ledger.block.BlockSource;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.commit.LedgerException;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.ledger.privatedata.CollectionMembership;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.ChannelId;
import org.jangbu.model.LedgerId;
import org.jangbu.model.NodeName;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.peer.endorse.MemoryLedger;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.endorse.TestProposal;
import org.jangbu.peer.gateway.PeerConnections;
import org.jangbu.peer.join.JoinException;
import org.jangbu.peer.join.PeerChannels.JoinedPeer;
import org.jangbu.peer.settings.PeerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Org1's peer is on the recorded channel from the start; Org2's joins it while the server runs. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class PeerJoinTest {
    private static final ChannelId CHANNEL = new ChannelId("mychannel");
    private static final NodeName PEER = new NodeName("peer0.org2.example.com");
    private static final Block GENESIS = FabricVectors.block(0);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final ExecutorService pool = Executors.newFixedThreadPool(8);
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final HealthRegistry health = new HealthRegistry();
    private volatile boolean diskFull;
    private PeerHost host;

    @BeforeEach
    void open() throws IOException {
        new TestHome(folder);
        Files.delete(genesisFile());
        start();
    }

    @AfterEach
    void close() {
        host.close();
        scheduler.shutdownNow();
        pool.shutdownNow();
    }

    @Test
    void a_peer_that_joins_catches_up_and_joins_again_at_the_next_start() throws Exception {
        assertThat(join(FabricVectors.admin(2), PEER, GENESIS)).isEqualTo(CHANNEL);
        Awaitility.await().atMost(LONG).until(() -> height() == 11);
        assertThat(HealthRegistry.isUp(health.check(HealthKind.READINESS))).isTrue();
        assertThat(refusal(FabricVectors.admin(2), PEER, GENESIS)).isEqualTo(JoinException.Kind.JOINED_ALREADY);

        host.close();
        start();
        assertThat(host.channels().peers(FabricVectors.user(2).serialized()))
                .extracting(JoinedPeer::channels)
                .containsExactly(List.of(CHANNEL));
    }

    @Test
    void cscc_joins_as_fabrics_does() throws Exception {
        assertThat(cscc(FabricVectors.user(2), GENESIS.toByteString()).getMessage())
                .startsWith("access denied for [JoinChain][mychannel]: [only an administrator of Org2MSP");
        assertThat(cscc(FabricVectors.admin(2), ByteString.EMPTY).getMessage())
                .isEqualTo("Cannot join the channel <nil> configuration block provided");
        assertThat(cscc(FabricVectors.admin(2), ByteString.copyFromUtf8("junk")).getMessage())
                .isEqualTo("Failed to reconstruct the genesis block, the bytes are none");
        Response joined = cscc(FabricVectors.admin(2), GENESIS.toByteString());
        assertThat(joined.getStatus()).as(joined.getMessage()).isEqualTo(200);
        assertThat(cscc(FabricVectors.admin(2), GENESIS.toByteString()).getMessage())
                .endsWith(
                        "cannot create ledger from genesis block: ledger [mychannel] already exists with state [ACTIVE]");
    }

    @Test
    void cscc_tells_of_channels_and_configurations_as_fabrics_does() throws Exception {
        SigningIdentity user = FabricVectors.user(2);
        assertThat(channels(ask(user, "GetChannels"))).isEmpty();
        assertThat(ask(user, "GetConfigBlock", "mychannel").getMessage()).isEqualTo("Unknown chain ID, mychannel");
        join(FabricVectors.admin(2), PEER, GENESIS);
        Awaitility.await().atMost(LONG).until(() -> height() == 11);

        assertThat(channels(ask(user, "GetChannels"))).containsExactly("mychannel");
        Block block = Block.parseFrom(ask(user, "GetConfigBlock", "mychannel").getPayload());
        assertThat(block.getHeader())
                .as("the ledger that stands in here names block 0")
                .isEqualTo(GENESIS.getHeader());
        assertThat(Config.parseFrom(ask(user, "GetChannelConfig", "mychannel").getPayload()))
                .isEqualTo(host.query()
                        .config(user.serialized(), CHANNEL)
                        .orElseThrow()
                        .config());
        assertThat(ask(user, "GetChannelConfig", "").getMessage()).isEqualTo("empty channel name provided");
        assertThat(ask(user, "GetChannelConfig").getMessage()).isEqualTo("Incorrect number of arguments, 1");
        assertThat(ask(user, "GetSomething", "mychannel").getMessage())
                .isEqualTo("Requested function GetSomething not found.");
        assertThat(ask(FabricVectors.orderer(), "GetConfigBlock", "mychannel").getMessage())
                .as("no member of the peer's organisation, so its signature is not even looked at here")
                .doesNotContain("Org2MSP");
    }

    private static List<String> channels(Response answer) throws Exception {
        return ChannelQueryResponse.parseFrom(answer.getPayload()).getChannelsList().stream()
                .map(channel -> channel.getChannelId())
                .toList();
    }

    private Response ask(SigningIdentity caller, String... words) throws Exception {
        return cscc(caller, Stream.of(words).map(ByteString::copyFromUtf8).toList());
    }

    @Test
    void only_an_administrator_of_the_peers_organisation_may() throws Exception {
        assertThat(refusal(FabricVectors.user(2), PEER, GENESIS)).isEqualTo(JoinException.Kind.DENIED);
        assertThat(refusal(FabricVectors.peer(2), PEER, GENESIS)).isEqualTo(JoinException.Kind.DENIED);
        assertThat(refusal(FabricVectors.admin(1), PEER, GENESIS)).isEqualTo(JoinException.Kind.UNKNOWN_PEER);
        assertThat(refusal(FabricVectors.admin(2), new NodeName("peer9.org2.example.com"), GENESIS))
                .isEqualTo(JoinException.Kind.UNKNOWN_PEER);
        assertThatThrownBy(() -> host.channels().join(ByteString.copyFromUtf8("nobody"), PEER, GENESIS))
                .isInstanceOf(JoinException.class);
        assertThat(host.channels().peers(FabricVectors.admin(1).serialized()))
                .extracting(JoinedPeer::name)
                .containsExactly(new NodeName("peer0.org1.example.com"));
        assertNothingKept();
    }

    @Test
    void a_block_that_begins_no_channel_is_refused_with_the_reason() throws Exception {
        Block another = FabricVectors.block(1);
        Block changed = GENESIS.toBuilder().setData(another.getData()).build();
        Block empty = Block.newBuilder().build();
        assertUnusable(another, "not the first block of a channel");
        assertUnusable(changed, "the block's data do not match its header");
        assertUnusable(empty, "the block's data do not match its header");
        Block ordinary = FabricVectors.block(7);
        assertUnusable(
                ordinary.toBuilder()
                        .setHeader(ordinary.getHeader().toBuilder().setNumber(0).clearPreviousHash())
                        .build(),
                "the block's configuration cannot be used");
        assertNothingKept();
    }

    @Test
    void a_join_that_fails_keeps_nothing_and_the_same_command_completes_it_later() throws Exception {
        diskFull = true;
        assertThat(refusal(FabricVectors.admin(2), PEER, GENESIS)).isEqualTo(JoinException.Kind.UNAVAILABLE);
        assertNothingKept();
        diskFull = false;
        join(FabricVectors.admin(2), PEER, GENESIS);
        Awaitility.await().atMost(LONG).until(() -> height() == 11);
    }

    @Test
    void while_the_ledgers_are_not_open_nobody_joins() {
        host.close();
        assertThatThrownBy(() -> join(FabricVectors.admin(2), PEER, GENESIS))
                .isInstanceOf(StateUnavailableException.class);
    }

    private void assertUnusable(Block block, String reason) {
        assertThatThrownBy(() -> join(FabricVectors.admin(2), PEER, block))
                .isInstanceOf(JoinException.class)
                .hasMessageContaining(reason)
                .extracting(e -> ((JoinException) e).kind())
                .isEqualTo(JoinException.Kind.UNUSABLE_BLOCK);
    }

    private void assertNothingKept() throws IOException {
        try (Stream<Path> files = Files.list(genesisFile().resolveSibling(""))) {
            assertThat(files).isEmpty();
        }
        assertThat(host.channels().peers(FabricVectors.user(2).serialized()))
                .extracting(JoinedPeer::channels)
                .containsExactly(List.of());
    }

    private ChannelId join(SigningIdentity caller, NodeName peer, Block block) throws JoinException {
        return host.channels().join(caller.serialized(), peer, block);
    }

    private JoinException.Kind refusal(SigningIdentity caller, NodeName peer, Block block) {
        try {
            throw new AssertionError("joined " + join(caller, peer, block));
        } catch (JoinException e) {
            return e.kind();
        }
    }

    private Response cscc(SigningIdentity caller, ByteString block) throws Exception {
        return cscc(caller, List.of(ByteString.copyFromUtf8("JoinChain"), block));
    }

    private Response cscc(SigningIdentity caller, List<ByteString> arguments) throws Exception {
        CompletionStage<ProposalResponse> answer = host.gateway()
                .evaluate(TestProposal.of()
                        .channel("")
                        .chaincode("cscc")
                        .args(arguments)
                        .by(caller)
                        .signed());
        try {
            return answer.toCompletableFuture()
                    .get(LONG.toSeconds(), TimeUnit.SECONDS)
                    .getResponse();
        } catch (ExecutionException e) {
            String message = String.valueOf(Objects.requireNonNull(e.getCause()).getMessage())
                    .replaceFirst("^chaincode response 500, ", "");
            return Response.newBuilder().setStatus(500).setMessage(message).build();
        }
    }

    private long height() {
        return host.query()
                .chainInfo(FabricVectors.user(2).serialized(), CHANNEL)
                .map(info -> info.height())
                .orElse(0L);
    }

    private Path genesisFile() {
        return folder.resolve("nodes").resolve(PEER.value()).resolve("genesis/mychannel.block");
    }

    private void start() {
        host = new PeerHost(new HostParts(
                folder,
                new NodeDirectory(folder),
                PeerSettings.read(key -> Optional.empty()),
                new Ledgers(),
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
                (channel, envelope) -> CompletableFuture.failedFuture(new AssertionError("nothing is sent")),
                new Recorded());
        Awaitility.await().atMost(LONG).until(host::isOpen);
    }

    private final class Ledgers implements LedgerOpener {
        @Override
        public void migrate() {}

        @Override
        public PeerLedger open(LedgerId id, Path where, CollectionMembership members) throws LedgerException {
            if (diskFull) {
                throw new LedgerException(id, true, "no space left on device", new IOException("ENOSPC"));
            }
            return new MemoryLedger(id.node().value(), id.channel().value()).memberBy(members);
        }
    }

    /** The recorded chain. */
    private static final class Recorded implements BlockSource {
        @Override
        public CompletionStage<OptionalLong> height(ChannelId id) {
            return CompletableFuture.completedFuture(
                    OptionalLong.of(FabricVectors.chain().size()));
        }

        @Override
        public CompletionStage<List<Block>> blocks(ChannelId id, long from, int limit) {
            List<Block> all = FabricVectors.chain();
            int start = (int) Math.min(from, all.size());
            return CompletableFuture.completedFuture(all.subList(start, Math.min(all.size(), start + limit)));
        }
    }
}
