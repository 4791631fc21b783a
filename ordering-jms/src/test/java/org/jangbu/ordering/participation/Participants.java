package org.jangbu.ordering.participation;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.node.LocalNode;
import org.jangbu.ledger.node.NodeDirectory;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.membership.DoorCheck;
import org.jangbu.msp.membership.RevocationSource;
import org.jangbu.ordering.broadcast.Batch;
import org.jangbu.ordering.broadcast.Broadcaster;
import org.jangbu.ordering.broadcast.SendException;
import org.jangbu.ordering.node.HostedOrderers;
import org.jangbu.ordering.sequence.BlockPublisher;
import org.jangbu.ordering.sequence.OrdererLedgerException;
import org.jangbu.ordering.sequence.OrderingStalledException;
import org.jangbu.ordering.sequence.PublishException;
import org.jangbu.ordering.settings.OrderingMetrics;

/** Orderers of one server with real files and signatures; what goes to the broker comes back from it at once. */
final class Participants implements AutoCloseable {
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicReference<Broadcaster> door = new AtomicReference<>();
    private volatile boolean brokerAway;
    final HostedOrderers orderers;
    final Broadcaster broadcaster;
    final HostedParticipation participation;

    /** A start: opens what the nodes' folders name. */
    Participants(Path home, List<OrdererNode> nodes) throws Exception {
        NodeDirectory directory = new NodeDirectory(home);
        orderers = new HostedOrderers(
                new Publisher(),
                Clock.systemUTC(),
                new SecureRandom(),
                (channel, batch) -> Objects.requireNonNull(door.get()).arrived(channel, batch));
        broadcaster = new Broadcaster(
                orderers,
                this::order,
                workers,
                timer,
                Clock.systemUTC(),
                RevocationSource.NONE,
                new Broadcaster.Limits(1_000, 10 << 20, Duration.ofMillis(1), Duration.ofSeconds(20)),
                channel -> false,
                OrderingMetrics.NONE);
        door.set(broadcaster);
        for (OrdererNode node : nodes) {
            LocalNode local = node.node();
            directory.removedGenesisBlocks(local).keySet().forEach(orderers::markRemoved);
            for (Map.Entry<ChannelId, Block> each :
                    directory.genesisBlocks(local).entrySet()) {
                orderers.open(local, each.getKey(), each.getValue());
            }
        }
        participation = new HostedParticipation(
                nodes,
                orderers,
                broadcaster,
                orderer -> {},
                directory,
                new DoorCheck(Clock.systemUTC(), RevocationSource.NONE),
                Duration.ofMillis(200));
    }

    /** From now on nothing that is sent arrives. */
    void loseTheBroker() {
        brokerAway = true;
    }

    CompletionStage<Void> broadcast(ChannelId channel, ByteString envelope) {
        return broadcaster.broadcast(channel, envelope);
    }

    long height(ChannelId channel) {
        return orderers.ledger(channel).orElseThrow().mark();
    }

    private void order(Batch batch) throws SendException {
        if (brokerAway) {
            throw SendException.inDoubt("the broker is away", new IllegalStateException("away"));
        }
        try {
            orderers.orderer(batch.channel()).orElseThrow().order(batch, Duration.ofSeconds(5));
        } catch (OrdererLedgerException | OrderingStalledException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        orderers.close();
        workers.shutdownNow();
        timer.shutdownNow();
    }

    private final class Publisher implements BlockPublisher {
        @Override
        public Outcome publish(ChannelId channel, Block block) throws PublishException {
            try {
                orderers.hear(channel, block);
            } catch (OrdererLedgerException e) {
                throw new PublishException("not heard", e);
            }
            return Outcome.PUBLISHED;
        }

        @Override
        public void probe(ChannelId channel, UUID probe) {
            orderers.hearProbe(channel, probe);
        }
    }
}
