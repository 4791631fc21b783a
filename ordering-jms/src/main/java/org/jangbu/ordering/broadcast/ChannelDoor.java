package org.jangbu.ordering.broadcast;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.log.OrderingLog;
import org.jangbu.peer.gateway.BroadcastException;
import org.jspecify.annotations.Nullable;

/**
 * The envelopes of one channel on their way to the broker. One batch is being sent at a time, on a worker, so that batches leave in the order
 * in which envelopes came; nobody waits but that worker. A batch whose sending fails is sent again under the same id until its time is over.
 */
final class ChannelDoor {
    private static final Duration RETRY_FIRST = Duration.ofMillis(50);
    private static final Duration RETRY_MOST = Duration.ofSeconds(1);
    private static final long LONGEST_WAY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ChannelId channel;
    private final Supplier<ChannelConfig> config;
    private final BroadcasterParts parts;
    private final BatchQueue queue;

    /** What left and is not known to stand in a block, and when it left. Another server may have dropped all of a batch, and nobody is told. */
    private final Map<UUID, Long> underWay = new LinkedHashMap<>();

    private boolean sending;
    private boolean closed;

    /** When the earliest timer goes off, in the nanoseconds of the parts; of no meaning unless {@link #armed}. */
    private long alarm;

    private boolean armed;

    ChannelDoor(ChannelId channel, Supplier<ChannelConfig> config, BroadcasterParts parts) {
        this.channel = channel;
        this.config = config;
        this.parts = parts;
        this.queue = new BatchQueue(parts.linger());
    }

    /**
     * Takes an envelope that has been let in; the answer comes when the broker has it.
     *
     * @param alone whether it goes in a batch of its own
     */
    CompletableFuture<Void> add(ByteString envelope, long configSequence, boolean alone) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        if (isClosed()) {
            answer.completeExceptionally(Broadcaster.notKnown(channel));
            return answer;
        }
        if (!parts.backlog().enter(envelope.size())) {
            answer.completeExceptionally(new BroadcastException(
                    Status.SERVICE_UNAVAILABLE, "too many envelopes wait for the ordering service; try again later"));
            return answer;
        }
        Instant admitted = Instant.ofEpochMilli(parts.clock().millis());
        Waiting waiting =
                new Waiting(new Batch.Entry(envelope, admitted), configSequence, alone, parts.nanos(), answer);
        boolean added;
        synchronized (this) {
            added = !closed;
            if (added) {
                queue.add(waiting);
            }
        }
        if (!added) { // closed meanwhile
            parts.backlog().leave(envelope.size());
            answer.completeExceptionally(Broadcaster.notKnown(channel));
            return answer;
        }
        cutIfDue();
        return answer;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Lets nothing in any more and waits until all that was let in stands in published blocks.
     *
     * @return whether it does; if not, the door is open again
     */
    synchronized boolean close(Duration patience) throws InterruptedException {
        closed = true;
        long end = parts.nanos() + patience.toNanos();
        while (sending || !queue.isEmpty() || isUnderWay()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - parts.nanos());
            if (left <= 0) {
                closed = false;
                return false;
            }
            wait(left);
        }
        return true;
    }

    private boolean isUnderWay() {
        forgetTheLost(parts.nanos());
        return !underWay.isEmpty();
    }

    private void forgetTheLost(long now) {
        underWay.values().removeIf(since -> now - since > LONGEST_WAY_NANOS);
    }

    /** A batch stands in a block. */
    void arrived(UUID batch) {
        boolean more;
        synchronized (this) {
            queue.arrived(batch);
            underWay.remove(batch);
            notifyAll();
            more = !queue.isEmpty();
        }
        if (more) {
            parts.later(this::cutIfDue, Duration.ZERO);
        }
    }

    private void cutIfDue() {
        Shipment shipment = null;
        Duration wait = null;
        synchronized (this) {
            if (sending || queue.isEmpty()) {
                return;
            }
            ChannelConfig current = config.get();
            long now = parts.nanos();
            long dueIn = queue.dueIn(
                    current.orderer(), now, () -> parts.peersBehind().test(channel));
            if (dueIn == 0) {
                shipment = cut(current, now);
                sending = true;
            } else if (!armed || now + dueIn - alarm < 0) {
                // A timer set while a batch was on its way is too late once that has arrived; it may go off in vain.
                armed = true;
                alarm = now + dueIn;
                wait = Duration.ofNanos(dueIn);
            }
        }
        if (shipment != null) {
            ship(shipment, Duration.ZERO);
        } else if (wait != null) {
            parts.later(this::timeIsUp, wait);
        }
    }

    private void timeIsUp() {
        synchronized (this) {
            armed = armed && parts.nanos() - alarm < 0;
        }
        cutIfDue();
    }

    private Shipment cut(ChannelConfig current, long now) {
        UUID id = UUID.randomUUID();
        List<Waiting> taken = queue.cut(current.orderer(), id, now);
        long sequence = taken.stream().mapToLong(Waiting::configSequence).min().orElseThrow();
        forgetTheLost(now);
        underWay.put(id, now);
        Batch batch = new Batch(
                id, channel, sequence, taken.stream().map(Waiting::entry).toList());
        parts.metrics().filled(channel, Duration.ofNanos(now - taken.get(0).since()));
        return new Shipment(batch, taken, parts.clock().instant().plus(parts.sendLimit()), RETRY_FIRST);
    }

    private void ship(Shipment shipment, Duration delay) {
        parts.later(() -> sendOnce(shipment), delay);
    }

    private void sendOnce(Shipment shipment) {
        try {
            parts.sender().sendBatch(shipment.batch());
            finish(shipment, null);
        } catch (SendException e) {
            retryOrGiveUp(shipment, e);
        } catch (RuntimeException e) {
            OrderingLog.LOG.unexpected(e);
            retryOrGiveUp(shipment, SendException.inDoubt("an unexpected failure", e));
        }
    }

    private void retryOrGiveUp(Shipment shipment, SendException failure) {
        UUID id = shipment.batch().id();
        if (!failure.isRefused()
                && parts.clock().instant().plus(shipment.retryIn()).isBefore(shipment.giveUpAt())) {
            OrderingLog.LOG.sendFailed(channel, id, failure.getMessage());
            ship(shipment.again(RETRY_MOST), shipment.retryIn());
            return;
        }
        int envelopes = shipment.waiting().size();
        OrderingLog.LOG.sendGivenUp(channel, id, envelopes, failure.getMessage());
        String reason = failure.isRefused() && shipment.isFirst(RETRY_FIRST)
                ? "the ordering service's backlog is full; the envelope was not taken"
                : "the ordering service did not answer; the envelope may or may not be ordered";
        finish(shipment, new BroadcastException(Status.SERVICE_UNAVAILABLE, reason, failure));
    }

    private void finish(Shipment shipment, @Nullable BroadcastException failure) {
        synchronized (this) {
            sending = false;
            if (failure != null) {
                queue.arrived(shipment.batch().id());
                underWay.remove(shipment.batch().id());
            }
            notifyAll();
        }
        // First what waits for the wire, then the answers, which run callers' code.
        cutIfDue();
        shipment.waiting().forEach(each -> parts.backlog().leave(each.size()));
        shipment.waiting().forEach(each -> answer(each, failure));
    }

    private void answer(Waiting waiting, @Nullable BroadcastException failure) {
        Status status = failure == null ? Status.SUCCESS : failure.status();
        parts.metrics().enqueued(channel, status, Duration.ofNanos(parts.nanos() - waiting.since()));
        if (failure == null) {
            waiting.answer().complete(null);
        } else {
            waiting.answer().completeExceptionally(failure);
        }
    }

    /** A batch on its way to the broker. */
    private record Shipment(Batch batch, List<Waiting> waiting, Instant giveUpAt, Duration retryIn) {
        Shipment again(Duration most) {
            Duration doubled = retryIn.multipliedBy(2);
            return new Shipment(batch, waiting, giveUpAt, doubled.compareTo(most) < 0 ? doubled : most);
        }

        boolean isFirst(Duration firstRetry) {
            return retryIn.equals(firstRetry);
        }
    }

    /** What the doors of all channels share. */
    record BroadcasterParts(
            BatchSender sender,
            Executor workers,
            ScheduledExecutorService timer,
            Clock clock,
            Backlog backlog,
            Duration linger,
            Duration sendLimit,
            Predicate<ChannelId> peersBehind,
            org.jangbu.ordering.settings.OrderingMetrics metrics) {
        private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

        long nanos() {
            return System.nanoTime();
        }

        /** Runs a task on a worker after a time; while no worker is free, a little later. */
        void later(Runnable task, Duration delay) {
            if (delay.isZero()) {
                onWorker(task);
            } else {
                schedule(task, delay.toNanos());
            }
        }

        private void onWorker(Runnable task) {
            try {
                workers.execute(task);
            } catch (RejectedExecutionException e) {
                schedule(task, BUSY_NANOS);
            }
        }

        private void schedule(Runnable task, long nanos) {
            var unused = timer.schedule(() -> onWorker(task), nanos, TimeUnit.NANOSECONDS);
        }
    }
}
