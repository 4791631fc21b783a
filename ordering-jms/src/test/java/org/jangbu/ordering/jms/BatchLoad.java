package org.jangbu.ordering.jms;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import jakarta.jms.ConnectionFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ordering.broadcast.Batch;
import org.jangbu.ordering.broadcast.SendException;
import org.jangbu.ordering.testing.TrialNetwork;

/** Sends batches to the broker and remembers what it acknowledged. Never has more than a bounded number of envelopes waiting to be ordered. */
final class BatchLoad implements AutoCloseable {
    private static final int SENDERS = 2;
    /** More than a block holds, so that some batches are cut into several. */
    private static final int LARGEST_BATCH = 50;

    private static final int MOST_WAITING = 400;
    private static final Duration ALL_ORDERED = Duration.ofSeconds(90);
    private static final long SEED = 20_261_122;

    private final TrialNetwork network;
    private final BrokerConnection connection;
    private final Set<ByteString> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<ByteString> ordered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger batches = new AtomicInteger();
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    private final List<Future<?>> sending = new ArrayList<>();
    private volatile boolean over;

    BatchLoad(TrialNetwork network, ConnectionFactory factory) {
        this.network = network;
        this.connection = new BrokerConnection(factory, "broadcaster", "secret", false);
    }

    void start() {
        for (int sender = 0; sender < SENDERS; sender++) {
            Random random = new Random(SEED + sender);
            sending.add(senders.submit(() -> {
                send(random);
                return null;
            }));
        }
    }

    /** Sends no more, and returns when everything that was acknowledged is ordered. */
    void finish() throws InterruptedException, ExecutionException {
        over = true;
        for (Future<?> sender : sending) {
            sender.get();
        }
        await().atMost(ALL_ORDERED).until(() -> ordered.containsAll(acknowledged));
    }

    /** A block was published. */
    void ordered(Block block) {
        for (ByteString envelope : block.getData().getDataList()) {
            if (ordered.add(envelope)) {
                room.release();
            }
        }
    }

    /** Whether work is on its way now. */
    boolean isBusy() {
        return !ordered.isEmpty() && acknowledged.size() > ordered.size();
    }

    Set<ByteString> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    int batches() {
        return batches.get();
    }

    private void send(Random random) throws InterruptedException, SendException {
        JmsBatchSender sender = new JmsBatchSender(connection);
        while (!over) {
            int size = 1 + random.nextInt(LARGEST_BATCH);
            if (!room.tryAcquire(size, 1, TimeUnit.SECONDS)) {
                continue;
            }
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            List<Batch.Entry> entries = IntStream.range(0, size)
                    .mapToObj(i -> new Batch.Entry(network.envelope(TrialNetwork.CHANNEL, "of a batch"), now))
                    .toList();
            sender.sendBatch(new Batch(UUID.randomUUID(), TrialNetwork.CHANNEL, 0, entries));
            entries.forEach(entry -> acknowledged.add(entry.envelope()));
            batches.incrementAndGet();
        }
    }

    @Override
    public void close() {
        over = true;
        senders.shutdownNow();
        connection.close();
    }
}
