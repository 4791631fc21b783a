package org.jangbu.ordering.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ordering.deliver.OrdererLedger;
import org.jangbu.ordering.sequence.OrdererLedgerException;
import org.jangbu.ordering.sequence.ProvisionalBlocks;
import org.jangbu.ordering.testing.TrialNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the door to delivered blocks over a real broker, with real signatures and real files. */
class OrderingPathTest {
    private static final int MOST = 20;

    @TempDir
    Path folder;

    private TrialNetwork network;
    private EmbeddedBroker broker;
    private Block genesis;
    private final List<OrderingServer> servers = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        network = new TrialNetwork(folder);
        genesis = network.genesis(TrialNetwork.CHANNEL, MOST);
        broker = new EmbeddedBroker(folder.resolve("broker"), 2);
        broker.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (OrderingServer server : servers) {
            server.close();
        }
        broker.stop();
    }

    @Test
    void every_accepted_envelope_is_delivered_once_and_in_signed_blocks() throws Exception {
        OrderingServer server = server("orderer");
        server.consume();

        Map<ByteString, CompletableFuture<Void>> sent = send(300, server);
        CompletableFuture.allOf(sent.values().toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ordered(server.ledger())).containsOnlyKeys(sent.keySet()));
        assertThat(ordered(server.ledger()).values()).containsOnly(1);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(server.delivered())
                        .hasSize((int) server.ledger().mark() - 1));
        assertThat(server.delivered()).isEqualTo(blocks(server.ledger()));
        assertThat(blocks(server.ledger()))
                .allSatisfy(block -> assertThat(block.getData().getDataCount()).isBetween(1, MOST));
    }

    @Test
    void a_broker_restarted_under_load_loses_and_doubles_nothing() throws Exception {
        OrderingServer server = server("orderer");
        server.consume();
        Map<ByteString, CompletableFuture<Void>> sent = new HashMap<>();
        for (int round = 0; round < 3; round++) {
            sent.putAll(send(100, server));
            broker.stop();
            server.stopConsuming();
            sent.putAll(send(20, server));
            broker.start();
            server.consume();
        }
        CompletableFuture.allOf(sent.values().toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ordered(server.ledger())).containsOnlyKeys(sent.keySet()));
        assertThat(ordered(server.ledger()).values()).containsOnly(1);
    }

    @Test
    void two_orderers_make_one_chain_while_each_goes_and_comes_back() throws Exception {
        OrderingServer one = server("orderer");
        OrderingServer two = server("orderer2");
        one.consume();
        two.consume();
        Map<ByteString, CompletableFuture<Void>> sent = new HashMap<>();
        for (int round = 0; round < 4; round++) {
            sent.putAll(send(60, one));
            sent.putAll(send(60, two));
            OrderingServer leaving = round % 2 == 0 ? one : two;
            leaving.stopConsuming();
            sent.putAll(send(60, one));
            leaving.consume();
        }
        CompletableFuture.allOf(sent.values().toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ordered(one.ledger())).containsOnlyKeys(sent.keySet()));
        assertThat(ordered(one.ledger()).values()).containsOnly(1);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> two.ledger().mark() == one.ledger().mark());
        assertThat(blocks(two.ledger())).isEqualTo(blocks(one.ledger()));
    }

    @Test
    void a_block_left_provisional_is_published_at_the_next_start() throws Exception {
        OrderingServer first = server("orderer");
        first.consume();
        send(1, first).values().iterator().next().get(10, TimeUnit.SECONDS);
        await().until(() -> first.ledger().mark() == 2);
        first.stopConsuming();
        send(1, first).values().iterator().next().get(10, TimeUnit.SECONDS);
        Block left = ProvisionalBlocks.next(
                first.ledger(), network.orderer("orderer").signer(), network.envelope(TrialNetwork.CHANNEL, "left"));
        first.ledger().appendProvisional(left);
        first.close();
        servers.clear();

        OrderingServer second = server("orderer");
        assertThat(second.ledger().height()).isEqualTo(3);
        assertThat(second.ledger().mark()).isEqualTo(2);
        second.consume();
        second.settle();

        await().atMost(Duration.ofSeconds(20)).until(() -> second.ledger().mark() == 4);
        assertThat(second.ledger().block(2)).isEqualTo(left);
    }

    private OrderingServer server(String orderer) throws OrdererLedgerException {
        OrderingServer server = new OrderingServer(broker.factory(), network.orderer(orderer), genesis);
        servers.add(server);
        return server;
    }

    private Map<ByteString, CompletableFuture<Void>> send(int envelopes, OrderingServer server) {
        Map<ByteString, CompletableFuture<Void>> sent = new HashMap<>();
        for (int i = 0; i < envelopes; i++) {
            ByteString envelope = network.envelope(TrialNetwork.CHANNEL, "transaction " + i);
            sent.put(envelope, server.broadcast(TrialNetwork.CHANNEL, envelope).toCompletableFuture());
        }
        return sent;
    }

    private static Map<ByteString, Integer> ordered(OrdererLedger ledger) throws OrdererLedgerException {
        Map<ByteString, Integer> found = new HashMap<>();
        for (Block block : blocks(ledger)) {
            block.getData().getDataList().forEach(envelope -> found.merge(envelope, 1, Integer::sum));
        }
        return found;
    }

    /** The published blocks after the genesis block. */
    private static List<Block> blocks(OrdererLedger ledger) throws OrdererLedgerException {
        return ledger.published(1, Integer.MAX_VALUE, Long.MAX_VALUE);
    }
}
