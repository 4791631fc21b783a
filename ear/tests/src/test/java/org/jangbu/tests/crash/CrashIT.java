package org.jangbu.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jangbu.chaincode.packaging.ChaincodePackage;
import org.jangbu.quickstart.machine.Folders;
import org.jangbu.quickstart.machine.QuickStartException;
import org.jangbu.tests.network.LifecycleCalls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One server, one database, one chain that grows from test to test. Whatever happens, nothing that a client was told may turn out to be untrue, and all nodes
 * must agree.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashIT {
    private static final Duration SETTLED = Duration.ofMinutes(3);
    private static final Duration UNDER_LOAD = Duration.ofMinutes(3);
    private static final Duration REFUSED = Duration.ofMinutes(2);
    /** So many transactions are under the belt before a server is killed. */
    private static final int UNDER_WAY = 60;

    private static final int ROUNDS_OF_A_SOAK = 3;

    private static final Receipts receipts = new Receipts();
    private static CrashServer server;
    private static NodeFolders nodes;
    private static LedgerRows rows;
    private static ChainAudit audit;
    private static int kills;

    @BeforeAll
    static void start() throws Exception {
        server = CrashServer.start();
        nodes = new NodeFolders(server.installation().network().home());
        rows = new LedgerRows(server.installation().postgres());
        audit = new ChainAudit(nodes);
        Load.open(receipts, server.client());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void isReady() throws Exception {
        if (!server.installation().server().isRunning()) {
            server.startAgain();
        }
    }

    @Test
    @Order(1)
    void a_server_killed_under_load_at_steps_of_each_kind_loses_and_doubles_nothing() throws Exception {
        for (CrashStep step : List.of(
                CrashStep.AFTER_ACCEPTANCE,
                CrashStep.AFTER_PROVISIONAL_APPEND,
                CrashStep.AFTER_PUBLISH,
                CrashStep.AFTER_PEER_APPEND,
                CrashStep.BEFORE_DATABASE_COMMIT)) {
            killUnderLoad(step);
        }
        auditAll();
    }

    @Test
    @Order(2)
    void a_peer_whose_last_block_was_cut_is_refused_with_a_reason_and_works_again_when_the_file_is_back()
            throws Exception {
        server.installation().server().stop();
        Path file = nodes.blockFile(NodeFolders.PEER_OF_ORG2);
        byte[] tail = cut(file, 100);
        int logged = log().length();

        server.installation().server().start();
        await().atMost(REFUSED).until(() -> log().substring(logged).contains("was complete once"));
        assertThat(log().substring(logged)).contains(NodeFolders.PEER_OF_ORG2, file.toString());
        assertThat(Health.of(server.installation().server()).awaitAnswer())
                .contains("DOWN")
                .contains(NodeFolders.PEER_OF_ORG2);

        server.installation().server().stop();
        Files.write(file, tail, StandardOpenOption.APPEND);
        server.startAgain();
        auditAll();
    }

    @Test
    @Order(3)
    void an_empty_peer_catches_up_with_the_others() throws Exception {
        server.installation().server().stop();
        long height = rows.height(NodeFolders.PEER_OF_ORG1);
        Folders.delete(nodes.ledgers(NodeFolders.PEER_OF_ORG2));
        rows.forget(NodeFolders.PEER_OF_ORG2);

        server.startAgain();
        await().atMost(SETTLED).until(() -> rows.height(NodeFolders.PEER_OF_ORG2), now -> now >= height);
        auditAll();
    }

    @Test
    @Order(4)
    void an_installation_cut_short_leaves_nothing_or_the_whole_package(@TempDir Path folder) throws Exception {
        ChaincodePackage contract = LifecycleCalls.contract(folder, "cut");
        String id = contract.id().toString();

        killDuring(AdministrationStep.PACKAGE_UPLOADED, () -> administration().install(contract.bytes()));
        assertThat(administration().packages()).doesNotContain(id);
        assertThat(nodes.unfinishedPackages(NodeFolders.PEER_OF_ORG1)).isEmpty();

        killDuring(AdministrationStep.PACKAGE_STORED, () -> administration().install(contract.bytes()));
        assertThat(administration().packages()).contains(id);
        assertThat(administration().packageOf(id)).isEqualTo(contract.bytes());
        assertThat(administration().install(contract.bytes()))
                .as("it is installed already")
                .isEqualTo(409);
    }

    @Test
    @Order(5)
    void a_channel_joined_while_the_server_died_is_joined_at_its_next_start() throws Exception {
        String channel = "cut-short";
        byte[] first = administration().firstBlock(channel);

        killDuring(AdministrationStep.ORDERER_JOIN_NOTED, () -> administration().joinOrderer(first));
        assertThat(administration().joinOrderer(first))
                .as("it takes part already")
                .isEqualTo(405);

        killDuring(AdministrationStep.PEER_JOIN_NOTED, () -> administration().joinPeer(first));
        assertThat(administration().joinPeer(first)).as("it has joined").isEqualTo(409);
        assertThat(administration().height(channel)).isEqualTo(1);
        auditAll();
    }

    @Test
    @Order(6)
    @Tag("soak")
    void a_server_killed_at_every_step_many_times_loses_and_doubles_nothing() throws Exception {
        for (int round = 0; round < ROUNDS_OF_A_SOAK; round++) {
            for (CrashStep step : CrashStep.values()) {
                killUnderLoad(step);
            }
        }
        auditAll();
    }

    private static Administration administration() {
        return new Administration(server.installation().server().http());
    }

    /** Gives a command and kills the server in the middle of it; whoever gave it gets no answer. */
    private static void killDuring(AdministrationStep step, Callable<Integer> command) throws Exception {
        ExecutorService administrator = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> status = administrator.submit(command);
            server.killAt(step);
            assertThatThrownBy(status::get).hasCauseInstanceOf(IOException.class);
        } finally {
            administrator.shutdownNow();
        }
        server.startAgain();
    }

    private static void killUnderLoad(CrashStep step) throws Exception {
        int before = receipts.ids().size();
        long refused;
        try (Load load = Load.start(receipts, server.client(), kills)) {
            await().atMost(UNDER_LOAD).until(() -> receipts.ids().size() - before, told -> told >= UNDER_WAY);
            server.killAt(step);
            load.awaitEnd();
            refused = load.refused();
        }
        kills++;
        server.startAgain();
        awaitAllReceiptsOn(audit);
        check(audit);
        System.out.printf(
                "kill %d %s: %d transactions told to clients, %d in the chain, %d calls refused%n",
                kills, step, receipts.ids().size(), audit.places().size(), refused);
    }

    /** From the genesis block on, and not from what an earlier audit has seen. */
    private static void auditAll() throws Exception {
        ChainAudit fresh = new ChainAudit(nodes);
        awaitAllReceiptsOn(fresh);
        check(fresh);
        audit = fresh;
        System.out.printf(
                "%d kills, %d transactions in the chain, %d of them told to clients: 0 lost, 0 doubled%n",
                kills, fresh.places().size(), receipts.ids().size());
    }

    private static void awaitAllReceiptsOn(ChainAudit chain) {
        await().atMost(SETTLED).until(() -> lost(chain), List::isEmpty);
    }

    /** Transactions that clients were told about and that both peers do not have in a block yet. */
    private static List<String> lost(ChainAudit chain) throws SQLException, IOException {
        List<String> lost = new ArrayList<>(receipts.ids());
        if (rows.height(NodeFolders.PEER_OF_ORG1) == rows.height(NodeFolders.PEER_OF_ORG2)) {
            chain.advance(rows.commonHeight());
            lost.removeAll(chain.places().keySet());
        }
        return lost;
    }

    private static void check(ChainAudit chain) throws SQLException, QuickStartException {
        assertThat(chain.places())
                .allSatisfy((txId, places) -> assertThat(places).hasSize(1));
        receipts.all().forEach((txId, receipt) -> {
            if (receipt.isCommitted()) {
                assertThat(chain.places().get(txId))
                        .as("transaction %s, as a client was told", txId)
                        .containsExactly(new ChainAudit.Place(receipt.block(), receipt.code()));
            }
        });
        rows.assertEqual();
        Map<String, Long> keys = receipts.keys();
        for (String peer : List.of(NodeFolders.PEER_OF_ORG1, NodeFolders.PEER_OF_ORG2)) {
            assertThat(rows.sumOfBalances(peer)).isEqualTo(Load.ACCOUNTS * Load.BALANCE);
            assertThat(rows.keys(peer)).containsAllEntriesOf(keys);
        }
    }

    /** Cuts the last bytes off a file and gives them back. */
    private static byte[] cut(Path file, int bytes) throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer tail = ByteBuffer.allocate(bytes);
            long length = channel.size() - bytes;
            while (tail.hasRemaining() && channel.read(tail, length + tail.position()) > 0) {
                // until all is there
            }
            channel.truncate(length);
            return tail.array();
        }
    }

    private static String log() throws Exception {
        return new String(Files.readAllBytes(server.installation().server().log()), StandardCharsets.UTF_8);
    }
}
