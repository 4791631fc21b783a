package org.jangbu.ordering.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;
import org.jangbu.ordering.broadcast.Batch;
import org.jangbu.ordering.broadcast.BatchEncoding;
import org.jangbu.ordering.broadcast.MalformedBatchException;
import org.jangbu.ordering.log.OrderingLog;

/** What comes from a topic of batches. */
public final class BatchMessage {
    private BatchMessage() {}

    /**
     * Reads a message. Whatever a broadcaster did not write is told to the log and yields nothing: nobody could repair it.
     *
     * @throws JMSException if the wire fails while it is read
     */
    public static Optional<Batch> read(Message message) throws JMSException {
        Optional<byte[]> body = OrderingTopics.body(message);
        if (body.isEmpty()) {
            return malformed("no message of bytes, or too long a one");
        }
        try {
            return Optional.of(BatchEncoding.decode(body.get()));
        } catch (MalformedBatchException e) {
            return malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Batch> malformed(String reason) {
        OrderingLog.LOG.malformedMessage(OrderingTopics.ALL_BATCHES, reason);
        return Optional.empty();
    }
}
