package org.jangbu.ordering.jms;

import com.google.protobuf.ByteString;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.broadcast.Broadcaster;
import org.jangbu.ordering.deliver.OrdererLedger;
import org.jangbu.ordering.node.HostedOrderers;
import org.jangbu.ordering.sequence.OrdererLedgerException;
import org.jangbu.ordering.settings.OrderingMetrics;
import org.jangbu.ordering.testing.TrialNetwork;
import org.jangbu.peer.deliver.BlockIntake;

/** What the beans make of one server, without a server: door, orderer, hearing and delivery, over a real broker. */
final class OrderingServer {
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Pause pause = new Pause();
    private final BrokerConnection sending;
    private final BrokerConnection publishing;
    private final HostedOrderers orderers;
    private final Broadcaster broadcaster;
    private final ConcurrentLinkedQueue<Block> delivered = new ConcurrentLinkedQueue<>();
    private final ConnectionFactory factory;
    private final String name;
    private final AtomicReference<List<SubscriptionConsumers>> consumers = new AtomicReference<>(List.of());

    OrderingServer(ConnectionFactory factory, LocalNode node, Block genesis) throws OrdererLedgerException {
        this.factory = factory;
        this.name = node.name().value().replace('.', '-');
        this.sending = new BrokerConnection(factory, "broadcaster", "secret", false);
        this.publishing = new BrokerConnection(factory, "orderer", "secret", true);
        this.orderers = new HostedOrderers(
                new JmsBlockPublisher(publishing), Clock.systemUTC(), new SecureRandom(), this::arrived);
        orderers.open(node, TrialNetwork.CHANNEL, genesis);
        this.broadcaster = new Broadcaster(
                orderers,
                new JmsBatchSender(sending),
                workers,
                timer,
                Clock.systemUTC(),
                new Broadcaster.Limits(10_000, 10 << 20, Duration.ofMillis(5), Duration.ofSeconds(20)),
                OrderingMetrics.NONE);
    }

    private void arrived(ChannelId channel, UUID batch) {
        broadcaster.arrived(channel, batch);
    }

    /** Starts to consume, as message-driven beans do when the server starts or the broker comes back. */
    void consume() throws JMSException {
        SubscriptionConsumers blocks = new SubscriptionConsumers(
                factory, OrderingTopics.ALL_BLOCKS, "hearing-" + name, new HearingListener(orderers, pause));
        SubscriptionConsumers peers = new SubscriptionConsumers(
                factory, OrderingTopics.ALL_BLOCKS, "blocks-" + name, new DeliveryListener(new Collecting()));
        SubscriptionConsumers batches = new SubscriptionConsumers(
                factory,
                OrderingTopics.ALL_BATCHES,
                EmbeddedBroker.ORDERERS,
                new BatchListener(orderers, pause, Duration.ofSeconds(10), OrderingMetrics.NONE));
        consumers.set(List.of(batches, blocks, peers));
        blocks.start(2);
        peers.start(2);
        batches.start(2);
    }

    void stopConsuming() throws JMSException {
        for (SubscriptionConsumers each : consumers.getAndSet(List.of())) {
            each.close();
        }
    }

    CompletionStage<Void> broadcast(ChannelId channel, ByteString envelope) {
        return broadcaster.broadcast(channel, envelope);
    }

    OrdererLedger ledger() {
        return orderers.ledger(TrialNetwork.CHANNEL).orElseThrow();
    }

    List<Block> delivered() {
        return List.copyOf(delivered);
    }

    void settle() throws Exception {
        orderers.orderer(TrialNetwork.CHANNEL).orElseThrow().settle(Duration.ofSeconds(10));
    }

    void close() throws Exception {
        pause.stop();
        stopConsuming();
        orderers.close();
        sending.close();
        publishing.close();
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
