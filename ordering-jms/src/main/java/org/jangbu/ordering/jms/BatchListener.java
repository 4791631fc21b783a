package org.jangbu.ordering.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.time.Duration;
import java.util.Optional;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.broadcast.Batch;
import org.jangbu.ordering.log.OrderingLog;
import org.jangbu.ordering.node.HostedOrderers;
import org.jangbu.ordering.sequence.ChannelOrderer;
import org.jangbu.ordering.sequence.OrdererLedgerException;
import org.jangbu.ordering.sequence.OrderingStalledException;
import org.jangbu.ordering.sequence.PublishedListener;
import org.jangbu.ordering.settings.OrderingMetrics;

/**
 * Orders the batches of a subscription. To return is to acknowledge; a batch that cannot be ordered now is handed back after a wait, and comes
 * again before the next one of its channel.
 */
public final class BatchListener implements MessageListener {
    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofSeconds(2);
    private static final Duration UNTIL_JOINED = Duration.ofSeconds(15);

    private final HostedOrderers orderers;
    private final Pause pause;
    private final Duration limit;
    private final OrderingMetrics metrics;
    private final PublishedListener done;

    /**
     * @param limit how long one delivery may take before the batch is handed back
     * @param done told of each batch that will not come again; one whose envelopes were all dropped makes no block to tell of
     */
    public BatchListener(
            HostedOrderers orderers, Pause pause, Duration limit, OrderingMetrics metrics, PublishedListener done) {
        this.done = done;
        this.orderers = orderers;
        this.pause = pause;
        this.limit = limit;
        this.metrics = metrics;
    }

    @Override
    public void onMessage(Message message) {
        try {
            Optional<Batch> batch = BatchMessage.read(message);
            if (batch.isPresent() && !isOver(batch.get())) {
                order(batch.get());
                done.published(batch.get().channel(), batch.get().id());
            }
        } catch (JMSException e) {
            pause.take(BEFORE_TRYING_AGAIN);
            throw new RedeliverException("a batch could not be read", e);
        }
    }

    /** Whether the channel was removed here: nobody will order it any more, and to hold it would hold up other channels. */
    private boolean isOver(Batch batch) {
        boolean over = orderers.isRemoved(batch.channel());
        if (over) {
            OrderingLog.LOG.droppedOfRemoved(
                    batch.channel(), batch.id(), batch.entries().size());
        }
        return over;
    }

    private void order(Batch batch) {
        long began = System.nanoTime();
        try {
            orderer(batch.channel()).order(batch, limit);
            metrics.ordered(batch.channel(), Duration.ofNanos(System.nanoTime() - began));
        } catch (OrderingStalledException e) {
            throw handBack(batch, e); // it has waited already
        } catch (OrdererLedgerException | RuntimeException e) {
            pause.take(BEFORE_TRYING_AGAIN);
            throw handBack(batch, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw handBack(batch, e);
        }
    }

    private ChannelOrderer orderer(ChannelId channel) throws OrderingStalledException {
        Optional<ChannelOrderer> orderer = orderers.orderer(channel);
        if (orderer.isEmpty()) {
            // Its clients were told that it is taken: it must wait, not go.
            OrderingLog.LOG.unknownChannel(channel);
            pause.take(UNTIL_JOINED);
            throw new OrderingStalledException(channel, "no orderer of this server has joined the channel");
        }
        return orderer.get();
    }

    private static RedeliverException handBack(Batch batch, Exception cause) {
        OrderingLog.LOG.batchHandedBack(batch.channel(), batch.id(), cause.getMessage());
        return new RedeliverException(
                "batch " + batch.id() + " of channel " + batch.channel() + " must come again", cause);
    }
}
