package org.jangbu.ordering.broadcast;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jangbu.ledger.channel.ChannelConfig.OrdererSettings;

/**
 * Decides when the envelopes of a channel that wait at the door become a batch. At once when nothing is on its way and the last batch is not
 * just gone; otherwise when enough for a block has gathered, when all that was on its way stands in blocks and the peers here come after,
 * or when the first has waited for the BatchTimeout. So an idle channel answers in milliseconds, and a busy one sends few, large batches. Times
 * are nanoseconds of one clock that only goes forward. Not safe for use by several threads.
 */
final class BatchQueue {
    /** How often it is looked again whether the peers have come after: so many times in a linger. */
    private static final int LOOKS = 4;

    private final long linger;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<UUID, Long> onTheWay = new LinkedHashMap<>();
    private long bytes;

    /** How many of those that wait must travel alone. */
    private int loners;

    private boolean sentBefore;
    private long lastCut;

    /** @param linger least time between two batches that are not full */
    BatchQueue(Duration linger) {
        this.linger = linger.toNanos();
    }

    void add(Waiting envelope) {
        waiting.add(envelope);
        loners += envelope.alone() ? 1 : 0;
        bytes += envelope.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** A batch stands in a block, or will not be waited for any more. */
    void arrived(UUID batch) {
        onTheWay.remove(batch);
    }

    /**
     * How long until the next batch is due, if nothing happens meanwhile: 0 if it is due now. Only for a queue that is not empty.
     *
     * @param peersBehind whether the peers of this server fall behind what is published; asked only where it matters
     */
    long dueIn(OrdererSettings settings, long now, BooleanSupplier peersBehind) {
        if (loners > 0 || waiting.size() >= settings.maxMessageCount() || bytes >= settings.preferredMaxBytes()) {
            return 0;
        }
        long timeout = settings.batchTimeout().toNanos();
        onTheWay.values().removeIf(sent -> now - sent >= timeout);
        long patience = waiting.element().since() + timeout - now;
        if (!onTheWay.isEmpty()) {
            return Math.max(0, patience);
        }
        long pause = sentBefore ? lastCut + linger - now : 0;
        if (pause <= 0 && patience > 0 && peersBehind.getAsBoolean()) {
            pause = linger / LOOKS;
        }
        return Math.max(0, Math.min(pause, patience));
    }

    /** Takes what fits into a block; at least one envelope, and nothing beside one that must travel alone. It is on its way from now on, under that id. */
    List<Waiting> cut(OrdererSettings settings, UUID id, long now) {
        List<Waiting> batch = new ArrayList<>();
        long size = 0;
        while (!waiting.isEmpty() && batch.size() < Math.max(1, settings.maxMessageCount())) {
            Waiting next = waiting.element();
            if (!batch.isEmpty() && (next.alone() || size + next.size() > settings.preferredMaxBytes())) {
                break;
            }
            batch.add(waiting.remove());
            size += next.size();
            if (next.alone()) {
                loners--;
                break;
            }
        }
        bytes -= size;
        lastCut = now;
        sentBefore = true;
        onTheWay.put(id, now);
        return batch;
    }
}
