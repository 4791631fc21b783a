package org.jangbu.ordering.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.jangbu.model.BlockMetadataSlots;
import org.jangbu.ordering.testing.TrialNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two orderers in two virtual machines on one real broker, under load. The one that orders is frozen until the other has taken over, and revived; or it is
 * killed, and started again. The broker gives up a silent connection after two seconds, so that a revived orderer finds the world changed.
 */
class RacingOrderersTest {
    private static final int MOST = 20;
    private static final Duration TAKEN_OVER = Duration.ofSeconds(60);
    private static final int BLOCKS_OF_THE_OTHER = 10;
    /** What an orderer logs when another one's block takes the place of its provisional one. */
    private static final String LOST_RACE = "JANGBU3002";

    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private OrdererChild one;
    private OrdererChild two;
    private BatchLoad load;
    private SubscriptionConsumers listening;
    private final Map<Long, Block> heard = new ConcurrentHashMap<>();
    private final Queue<Block> forks = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void start() throws Exception {
        TrialNetwork network = new TrialNetwork(folder);
        Path genesis = folder.resolve("genesis.block");
        Files.write(genesis, network.genesis(TrialNetwork.CHANNEL, MOST).toByteArray());
        broker = new EmbeddedBroker(folder.resolve("broker"), 3);
        String address = "tcp://127.0.0.1:" + freePort();
        broker.start(address);
        String patient = address + "?reconnectAttempts=0&callTimeout=5000";
        String impatient = patient + "&connectionTTL=2000&clientFailureCheckPeriod=1000";
        one = OrdererChild.start(folder, "orderer.example.com", impatient, genesis);
        two = OrdererChild.start(folder, "orderer2.example.com", impatient, genesis);
        load = new BatchLoad(network, new ActiveMQConnectionFactory(patient));
        listening = new SubscriptionConsumers(
                broker.factory(),
                OrderingTopics.ALL_BLOCKS,
                "audience",
                new DeliveryListener(new Audience(this::hear)));
        listening.start(1);
    }

    @AfterEach
    void stop() throws Exception {
        load.close();
        one.kill();
        two.kill();
        listening.close();
        broker.stop();
    }

    @Test
    void an_orderer_frozen_revived_and_killed_beside_another_neither_loses_nor_doubles_nor_forks() throws Exception {
        race(4);
    }

    @Test
    @Tag("soak")
    void the_same_many_times() throws Exception {
        race(24);
    }

    private void race(int rounds) throws Exception {
        load.start();
        for (int round = 0; round < rounds; round++) {
            await().atMost(TAKEN_OVER).until(load::isBusy);
            if (round % 2 == 0) {
                freezeAndRevive();
            } else {
                killAndStart();
            }
        }
        load.finish();
        long height = heard.keySet().stream().mapToLong(number -> number).max().orElseThrow() + 1;
        one.endAt(height);
        two.endAt(height);
        check(one.published(), two.published());
    }

    private void hear(Block block) {
        Block before = heard.putIfAbsent(block.getHeader().getNumber(), block);
        if (before != null && !before.equals(block)) {
            forks.add(block);
        }
        load.ordered(block);
    }

    private void freezeAndRevive() throws Exception {
        OrdererChild ordering = whoOrders();
        ordering.freeze();
        try {
            awaitBlocksOfTheOther(ordering);
        } finally {
            ordering.thaw();
        }
    }

    private void killAndStart() throws Exception {
        OrdererChild ordering = whoOrders();
        ordering.kill();
        awaitBlocksOfTheOther(ordering);
        ordering.start();
    }

    private OrdererChild whoOrders() throws InvalidProtocolBufferException {
        Block newest = heard.values().stream()
                .max(Comparator.comparingLong(block -> block.getHeader().getNumber()))
                .orElseThrow();
        return isBy(newest, one) ? one : two;
    }

    private void awaitBlocksOfTheOther(OrdererChild gone) {
        OrdererChild other = gone.equals(one) ? two : one;
        long before = blocksBy(other);
        await().atMost(TAKEN_OVER).until(() -> blocksBy(other) >= before + BLOCKS_OF_THE_OTHER);
    }

    private long blocksBy(OrdererChild orderer) {
        return heard.values().stream().filter(block -> isBy(block, orderer)).count();
    }

    private static boolean isBy(Block block, OrdererChild orderer) {
        try {
            ByteString header = BlockMetadataSlots.metadata(block, BlockMetadataIndex.SIGNATURES)
                    .getSignatures(0)
                    .getSignatureHeader();
            return SignatureHeader.parseFrom(header)
                    .getCreator()
                    .equals(orderer.node().signer().current().serialized());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private void check(List<Block> ofOne, List<Block> ofTwo) throws IOException {
        assertThat(forks).as("a second block of a number").isEmpty();
        assertThat(ofTwo).as("both orderers' published blocks").isEqualTo(ofOne);
        assertThat(ofOne.stream().skip(1).toList())
                .as("what was published, against what is in the files")
                .isEqualTo(heard.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList());
        Map<ByteString, Long> times = ofOne.stream()
                .skip(1)
                .flatMap(block -> block.getData().getDataList().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(times.values())
                .as("how often an envelope stands in the chain")
                .containsOnly(1L);
        assertThat(times.keySet())
                .as("what was acknowledged, and what is in the chain")
                .isEqualTo(load.acknowledged());
        assertThat(blocksBy(one)).as("both had their share").isPositive();
        assertThat(blocksBy(two)).isPositive();
        System.out.printf(
                "%d envelopes in %d batches, %d blocks, of which %d and %d by the two orderers, which lost %d races:"
                        + " none lost, none doubled%n",
                times.size(),
                load.batches(),
                ofOne.size() - 1,
                blocksBy(one),
                blocksBy(two),
                one.logged(LOST_RACE) + two.logged(LOST_RACE));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
