package org.jangbu.peer.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
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
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.hyperledger.fabric.protos.peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.ChaincodeSource;
import org.hyperledger.fabric.protos.peer.lifecycle.CommitChaincodeDefinitionArgs;
import org.hyperledger.fabric.protos.peer.lifecycle.InstallChaincodeArgs;
import org.jangbu.chaincode.plugin.EndorsementPlugin;
import org.jangbu.chaincode.plugin.ValidationPlugin;
import org.jangbu.ledger.block.BlockSource;
import org.jangbu.ledger.channel.FabricVectors;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.ledger.privatedata.CollectionMembership;
import org.jangbu.ledger.state.StateKey;
import org.jangbu.model.ChannelId;
import org.jangbu.model.LedgerId;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.TransactionsFilter;
import org.jangbu.model.health.HealthKind;
import org.jangbu.model.health.HealthRegistry;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.peer.endorse.MemoryLedger;
import org.jangbu.peer.endorse.TestPeer;
import org.jangbu.peer.endorse.TestProposal;
import org.jangbu.peer.gateway.Gateway;
import org.jangbu.peer.gateway.Ordering;
import org.jangbu.peer.gateway.PeerConnections;
import org.jangbu.peer.host.plugin.PurseLimit;
import org.jangbu.peer.settings.PeerSettings;
import org.jangbu.peer.validate.TestChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins from their jar to their word, on both peers of a whole server but for the server. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class PluginHostTest {
    private static final ChannelId CHANNEL = new ChannelId("mychannel");
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final ExecutorService pool = Executors.newFixedThreadPool(8);
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final HealthRegistry health = new HealthRegistry();
    private final Map<LedgerId, MemoryLedger> ledgers = new ConcurrentHashMap<>();
    private final OneByOne orderer = new OneByOne();
    private TestHome home;
    private Path jar;
    private String plugin;
    private PeerHost host;

    @BeforeEach
    void open() throws Exception {
        home = new TestHome(folder);
        jar = folder.resolve("purse-limit.jar");
        pack(jar);
        plugin = "purse-limit:1.0:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        start();
    }

    @AfterEach
    void close() {
        host.close();
        scheduler.shutdownNow();
        pool.shutdownNow();
    }

    private void start() {
        host = new PeerHost(new HostParts(
                folder,
                new NodeDirectory(folder),
                PeerSettings.read(key -> Optional.empty()),
                new Kept(),
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
        host.connect(orderer, orderer);
        Awaitility.await().atMost(LONG).until(host::isOpen);
    }

    @Test
    void an_amount_over_the_limit_is_not_endorsed_and_if_it_is_all_the_same_it_is_flagged_on_both_peers()
            throws Exception {
        installJar();
        define(1, "", plugin);
        assertThat(submit("open", "A", "2000")).isEqualTo(TxValidationCode.VALID);
        assertThat(submit("open", "B", "900")).isEqualTo(TxValidationCode.VALID);
        assertThat(submit("transfer", "A", "B", "600")).isEqualTo(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        assertThat(submit("transfer", "A", "B", "50")).isEqualTo(TxValidationCode.VALID);
        assertBothHold("B", "950");
        assertThat(TransactionsFilter.of(newestBut(1, 1)))
                .as("the verdict of both peers")
                .isEqualTo(TransactionsFilter.of(newestBut(1, 2)))
                .isEqualTo(TransactionsFilter.of(List.of(TxValidationCode.ENDORSEMENT_POLICY_FAILURE)));

        define(2, plugin, plugin);
        assertThatThrownBy(() -> submit("transfer", "A", "B", "100"))
                .hasMessageContaining("endorsing with plugin failed: plug-in purse-limit:1.0 refuses: a purse holds"
                        + " 1000 at most");
        // The caller's own write of A is over the limit too, and moving less does not help.
        assertThatThrownBy(() -> submit("transfer", "A", "B", "10")).hasMessageContaining("a purse holds 1000 at most");
        assertThat(submit("open", "C", "10")).isEqualTo(TxValidationCode.VALID);
        assertThat(submit("transfer", "B", "C", "500")).isEqualTo(TxValidationCode.VALID);
        assertBothHold("C", "510");
    }

    @Test
    void a_server_that_comes_back_without_the_jar_halts_that_channel_and_goes_on_once_it_is_there() throws Exception {
        installJar();
        define(1, "", plugin);
        assertThat(submit("open", "A", "1000")).isEqualTo(TxValidationCode.VALID);
        SignedProposal proposal = proposal("transfer", "A", "A", "1");
        Gateway.PreparedTransaction prepared = get(host.gateway().endorse(proposal));
        host.close();
        Files.delete(folder.resolve("plugins/limit.jar"));
        start();

        ByteString envelope = signed(prepared, FabricVectors.user(1));
        get(host.gateway().submit(CHANNEL, envelope));
        for (int organization : new int[] {1, 2}) {
            String probe = "ledger peer0.org" + organization + ".example.com/mychannel";
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(health.check(HealthKind.READINESS))
                            .hasEntrySatisfying(
                                    probe,
                                    status -> assertThat(status.detail())
                                            .startsWith("halted at block ")
                                            .endsWith("plug-in " + plugin
                                                    + " is not here: no jar in the folder of plug-ins has that hash")));
        }
        long before = height(1);
        installJar();
        Awaitility.await().atMost(LONG).until(() -> height(1) == before + 1 && height(2) == before + 1);
        assertThat(get(host.gateway()
                                .commitStatus(
                                        CHANNEL, ParsedEnvelope.parse(envelope).txId(), LONG))
                        .orElseThrow()
                        .code())
                .isEqualTo(TxValidationCode.VALID);
        Awaitility.await().atMost(LONG).until(() -> HealthRegistry.isUp(health.check(HealthKind.READINESS)));
    }

    @Test
    void a_definition_is_committed_only_by_peers_that_have_its_plugins() throws Exception {
        install();
        approve(1, definition(1, plugin, plugin));
        approve(2, definition(1, plugin, plugin));
        assertThatThrownBy(() -> commit(definition(1, plugin, plugin)))
                .hasMessageContaining("could not follow this definition: plug-in " + plugin + " is not here");
        installJar();
        assertThat(commit(definition(1, plugin, plugin))).isEqualTo(TxValidationCode.VALID);
    }

    private void define(long sequence, String endorsement, String validation) throws Exception {
        if (sequence == 1) {
            install();
        }
        for (int organization : new int[] {1, 2}) {
            assertThat(approve(organization, definition(sequence, endorsement, validation)))
                    .isEqualTo(TxValidationCode.VALID);
        }
        assertThat(commit(definition(sequence, endorsement, validation))).isEqualTo(TxValidationCode.VALID);
    }

    private static CommitChaincodeDefinitionArgs definition(long sequence, String endorsement, String validation) {
        return CommitChaincodeDefinitionArgs.newBuilder()
                .setName("purse")
                .setSequence(sequence)
                .setVersion("1.0")
                .setEndorsementPlugin(endorsement)
                .setValidationPlugin(validation)
                .build();
    }

    private void install() throws Exception {
        for (int organization : new int[] {1, 2}) {
            get(host.gateway()
                    .evaluate(lifecycle(
                            organization,
                            "InstallChaincode",
                            InstallChaincodeArgs.newBuilder()
                                    .setChaincodeInstallPackage(ByteString.copyFrom(home.packageFile()))
                                    .build())));
        }
    }

    private TxValidationCode approve(int organization, CommitChaincodeDefinitionArgs wanted) throws Exception {
        return order(
                lifecycle(
                        organization,
                        "ApproveChaincodeDefinitionForMyOrg",
                        ApproveChaincodeDefinitionForMyOrgArgs.newBuilder()
                                .setName(wanted.getName())
                                .setSequence(wanted.getSequence())
                                .setVersion(wanted.getVersion())
                                .setEndorsementPlugin(wanted.getEndorsementPlugin())
                                .setValidationPlugin(wanted.getValidationPlugin())
                                .setSource(ChaincodeSource.newBuilder()
                                        .setLocalPackage(ChaincodeSource.Local.newBuilder()
                                                .setPackageId(home.packageId())))
                                .build()),
                FabricVectors.admin(organization));
    }

    private TxValidationCode commit(CommitChaincodeDefinitionArgs wanted) throws Exception {
        return order(lifecycle(1, "CommitChaincodeDefinition", wanted), FabricVectors.admin(1));
    }

    private static SignedProposal lifecycle(int organization, String function, MessageLite argument) {
        return TestProposal.of()
                .chaincode("_lifecycle")
                .args(List.of(ByteString.copyFromUtf8(function), argument.toByteString()))
                .by(FabricVectors.admin(organization))
                .signed();
    }

    private static SignedProposal proposal(String... args) {
        return TestProposal.of(args)
                .chaincode("purse")
                .by(FabricVectors.user(1))
                .signed();
    }

    private TxValidationCode submit(String... args) throws Exception {
        return order(proposal(args), FabricVectors.user(1));
    }

    private TxValidationCode order(SignedProposal proposal, SigningIdentity creator) throws Exception {
        ByteString envelope = signed(get(host.gateway().endorse(proposal)), creator);
        get(host.gateway().submit(CHANNEL, envelope));
        return get(host.gateway()
                        .commitStatus(CHANNEL, ParsedEnvelope.parse(envelope).txId(), LONG))
                .orElseThrow()
                .code();
    }

    private static ByteString signed(Gateway.PreparedTransaction prepared, SigningIdentity creator) {
        return prepared.envelope().toBuilder()
                .setSignature(creator.sign(prepared.envelope().getPayload()))
                .build()
                .toByteString();
    }

    private void assertBothHold(String purse, String money) {
        for (int organization : new int[] {1, 2}) {
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(ledger(organization).get(new StateKey("purse", purse)))
                            .hasValueSatisfying(value ->
                                    assertThat(value.value().toStringUtf8()).isEqualTo(money)));
        }
    }

    private MemoryLedger ledger(int organization) {
        return ledgers.entrySet().stream()
                .filter(entry -> entry.getKey().node().value().contains("org" + organization))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private long height(int organization) {
        return ledger(organization).height();
    }

    private Block newestBut(int back, int organization) {
        MemoryLedger ledger = ledger(organization);
        return ledger.block(ledger.height() - 1 - back).orElseThrow();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private void installJar() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(jar, plugins.resolve("limit.part"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(plugins.resolve("limit.part"), plugins.resolve("limit.jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void pack(Path jar) throws IOException {
        String name = PurseLimit.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                InputStream code =
                        Objects.requireNonNull(PurseLimit.class.getClassLoader().getResourceAsStream(name))) {
            put(
                    zip,
                    "META-INF/MANIFEST.MF",
                    "Manifest-Version: 1.0\nJangbu-Plugin-Name: purse-limit\nJangbu-Plugin-Version: 1.0\n\n"
                            .getBytes(UTF_8));
            for (Class<?> kind : List.of(EndorsementPlugin.class, ValidationPlugin.class)) {
                put(
                        zip,
                        "META-INF/services/" + kind.getName(),
                        PurseLimit.class.getName().getBytes(UTF_8));
            }
            put(zip, name, code.readAllBytes());
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** Ledgers in memory that a server finds again when it comes back. */
    private final class Kept implements LedgerOpener {
        @Override
        public void migrate() {}

        @Override
        public PeerLedger open(LedgerId id, Path where, CollectionMembership members) {
            return ledgers.computeIfAbsent(
                    id, k -> new MemoryLedger(id.node().value(), id.channel().value()).memberBy(members));
        }
    }

    /** Orders at once: each envelope is a block. */
    private final class OneByOne implements Ordering, BlockSource {
        private final TestChannel channel = new TestChannel();

        @Override
        public synchronized CompletionStage<Void> broadcast(ChannelId id, ByteString envelope) {
            host.blockIntake().offer(id, channel.next(envelope));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public synchronized CompletionStage<OptionalLong> height(ChannelId id) {
            return CompletableFuture.completedFuture(
                    OptionalLong.of(channel.blocks().size()));
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
