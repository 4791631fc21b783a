package org.jangbu.ordering.jms;

import com.google.protobuf.ByteString;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.ordering.broadcast.Broadcaster;
import org.jangbu.ordering.sequence.OrdererLedgerException;
import org.jangbu.ordering.settings.OrderingMetrics;
import org.jangbu.ordering.testing.TrialNetwork;
import org.jangbu.peer.deliver.BlockIntake;

/** What the beans make of one server, without a server: the ordering service and its subscriptions over a real broker. */
final class OrderingServer {
    /** Longer than any test keeps the broker away, also on a busy machine, so that no envelope is given up. */
    static final Duration SEND_LIMIT = Duration.ofSeconds(90);

    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final JmsOrderingService service;
    private final ConcurrentLinkedQueue<Block> delivered = new ConcurrentLinkedQueue<>();
    private final ConnectionFactory factory;
    private final String name;
    private final AtomicReference<List<SubscriptionConsumers>> consumers = new AtomicReference<>(List.of());

    OrderingServer(ConnectionFactory factory, LocalNode node, Block genesis) throws OrdererLedgerException {
        this.factory = factory;
        this.name = node.name().value().replace('.', '-');
        this.service = new JmsOrderingService(
                factory,
                new JmsOrderingService.Accounts("broadcaster", "secret", "orderer", "secret"),
                Subscriptions.ofOrderers(name),
                new JmsOrderingService.Parts(
                        workers,
                        timer,
                        Clock.systemUTC(),
                        RevocationSource.NONE,
                        new Broadcaster.Limits(10_000, 10 << 20, Duration.ofMillis(5), SEND_LIMIT),
                        Duration.ofSeconds(10),
                        channel -> OptionalLong.empty(),
                        OrderingMetrics.NONE));
        service.open(node, Map.of(TrialNetwork.CHANNEL, genesis), Set.of());
    }

    /** Starts to consume, as message-driven beans do when the server starts or the broker comes back. */
    void consume() throws JMSException {
        consume(e -> {});
    }

    /** The same; the listener hears when the broker, or the way to it, is gone. */
    void consume(ExceptionListener failures) throws JMSException {
        SubscriptionConsumers blocks = new SubscriptionConsumers(
                factory, OrderingTopics.ALL_BLOCKS, "jangbu-hearing-" + name, service.hearing());
        SubscriptionConsumers peers = new SubscriptionConsumers(
                factory, OrderingTopics.ALL_BLOCKS, "blocks-" + name, new DeliveryListener(new Collecting()));
        SubscriptionConsumers batches = new SubscriptionConsumers(
                factory, OrderingTopics.ALL_BATCHES, EmbeddedBroker.ORDERERS, service.batches());
        consumers.set(List.of(batches, blocks, peers));
        blocks.start(2, failures);
        peers.start(2, failures);
        batches.start(2, failures);
    }

    void stopConsuming() throws JMSException {
        for (SubscriptionConsumers each : consumers.getAndSet(List.of())) {
            each.close();
        }
    }

    CompletionStage<Void> broadcast(ChannelId channel, ByteString envelope) {
        return service.ordering().broadcast(channel, envelope);
    }

    JmsOrderingService service() {
        return service;
    }

    /** Number of published blocks. */
    long height() {
        try {
            return service.blocks()
                    .height(TrialNetwork.CHANNEL)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS)
                    .orElseThrow();
        } catch (InterruptedException | ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The published blocks after the genesis block. */
    List<Block> blocks() {
        List<Block> blocks = new java.util.ArrayList<>();
        long height = height();
        while (blocks.size() < height - 1) {
            try {
                blocks.addAll(service.blocks()
                        .blocks(TrialNetwork.CHANNEL, 1L + blocks.size(), 1_000)
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS));
            } catch (InterruptedException | ExecutionException | java.util.concurrent.TimeoutException e) {
                throw new IllegalStateException(e);
            }
        }
        return blocks;
    }

    /** What was handed to the peers. */
    List<Block> delivered() {
        return List.copyOf(delivered);
    }

    void close() throws Exception {
        stopConsuming();
        service.close();
        workers.shutdownNow();
        timer.shutdownNow();
        if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a worker does not end");
        }
    }

    private final class Collecting implements BlockIntake {
        @Override
        public void offer(ChannelId channel, Block block) {
            delivered.add(block);
        }

        @Override
        public void announce(ChannelId channel, long height) {}
    }
}
