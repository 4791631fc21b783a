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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.deliver.OrdererLedger;
import org.jangbu.ordering.participation.ChannelParticipation;
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
                .untilAsserted(() -> assertThat(ordered(server)).containsOnlyKeys(sent.keySet()));
        assertThat(ordered(server).values()).containsOnly(1);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(server.delivered()).hasSize((int) server.height() - 1));
        assertThat(server.delivered()).isEqualTo(server.blocks());
        assertThat(server.blocks())
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
        CompletableFuture.allOf(sent.values().toArray(CompletableFuture[]::new))
                .get(OrderingServer.SEND_LIMIT.toSeconds(), TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ordered(server)).containsOnlyKeys(sent.keySet()));
        assertThat(ordered(server).values()).containsOnly(1);
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
        CompletableFuture.allOf(sent.values().toArray(CompletableFuture[]::new))
                .get(OrderingServer.SEND_LIMIT.toSeconds(), TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ordered(one)).containsOnlyKeys(sent.keySet()));
        assertThat(ordered(one).values()).containsOnly(1);
        await().atMost(Duration.ofSeconds(30)).until(() -> two.height() == one.height());
        assertThat(two.blocks()).isEqualTo(one.blocks());
    }

    @Test
    void a_block_left_provisional_is_published_at_the_next_start() throws Exception {
        OrderingServer first = server("orderer");
        first.consume();
        send(1, first).values().iterator().next().get(10, TimeUnit.SECONDS);
        await().until(() -> first.height() == 2);
        first.close();
        servers.clear();
        Block left = leaveBehind();

        OrderingServer second = server("orderer");
        assertThat(second.height()).isEqualTo(2);
        second.consume();
        second.service().settle();

        await().atMost(Duration.ofSeconds(20)).until(() -> second.height() == 3);
        assertThat(second.blocks().get(1)).isEqualTo(left);
        await().until(() -> second.delivered().contains(left));
    }

    @Test
    void a_channel_joined_while_the_server_runs_is_ordered_and_one_that_is_left_holds_up_nobody() throws Exception {
        ChannelId further = new ChannelId("channel2");
        OrderingServer one = server("orderer");
        OrderingServer two = server("orderer2");
        Block first = network.genesis(further, MOST);
        ChannelParticipation ofOne = participation(one, "orderer");
        ofOne.join(network.ordererAdmin().serialized(), Optional.empty(), first);
        participation(two, "orderer2").join(network.ordererAdmin().serialized(), Optional.empty(), first);
        one.consume();
        two.consume();
        two.broadcast(further, network.envelope(further, "before"))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(30)).until(() -> height(one, further) == 2 && height(two, further) == 2);

        two.stopConsuming();
        ofOne.remove(network.ordererAdmin().serialized(), Optional.empty(), further);
        two.broadcast(further, network.envelope(further, "lost"))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        send(1, one).values().iterator().next().get(30, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(30)).until(() -> one.height() == 2);
        await().atMost(Duration.ofSeconds(30)).until(() -> broker.waiting(EmbeddedBroker.ORDERERS) == 0);
        one.stopConsuming();
        two.consume();
        ByteString after = network.envelope(further, "after");
        two.broadcast(further, after).toCompletableFuture().get(30, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(30)).until(() -> height(two, further) == 3);
        assertThat(two.service()
                        .blocks()
                        .blocks(further, 2, 10)
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .get(0)
                        .getData()
                        .getDataList())
                .containsExactly(after);
    }

    private ChannelParticipation participation(OrderingServer server, String name) {
        return server.service()
                .participation(List.of(network.participant(name, Optional.empty())), new NodeDirectory(folder));
    }

    private static long height(OrderingServer server, ChannelId channel) throws Exception {
        return server.service()
                .blocks()
                .height(channel)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .orElseThrow();
    }

    @Test
    void says_whether_the_broker_is_there() throws Exception {
        OrderingServer server = server("orderer");
        assertThat(server.service().isBrokerReachable()).isTrue();
        broker.stop();
        assertThat(server.service().isBrokerReachable()).isFalse();
        broker.start();
        assertThat(server.service().isBrokerReachable()).isTrue();
    }

    /** What a crash between append and publication leaves. */
    private Block leaveBehind() throws OrdererLedgerException {
        LocalNode node = network.orderer("orderer");
        try (OrdererLedger ledger = OrdererLedger.open(node.ledgers(), TrialNetwork.CHANNEL, genesis)) {
            ByteString envelope = network.envelope(TrialNetwork.CHANNEL, "left behind");
            Block left = ProvisionalBlocks.next(ledger, node.signer().current(), envelope);
            ledger.appendProvisional(left);
            return left;
        }
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

    private static Map<ByteString, Integer> ordered(OrderingServer server) {
        Map<ByteString, Integer> found = new HashMap<>();
        for (Block block : server.blocks()) {
            block.getData().getDataList().forEach(envelope -> found.merge(envelope, 1, Integer::sum));
        }
        return found;
    }
}
