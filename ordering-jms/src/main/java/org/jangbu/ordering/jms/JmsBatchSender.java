package org.jangbu.ordering.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import org.jangbu.ordering.broadcast.Batch;
import org.jangbu.ordering.broadcast.BatchEncoding;
import org.jangbu.ordering.broadcast.BatchSender;
import org.jangbu.ordering.broadcast.SendException;

/** Sends each batch as one persistent message to its channel's topic; returns after the broker has forced it. */
public final class JmsBatchSender implements BatchSender {
    private final BrokerConnection connection;

    /** @param connection not transacted: there a second message of an id is dropped in silence, which is what a retry needs */
    public JmsBatchSender(BrokerConnection connection) {
        this.connection = connection;
    }

    @Override
    public void sendBatch(Batch batch) throws SendException {
        byte[] body = BatchEncoding.encode(batch);
        try {
            connection.run((session, producer) -> {
                BytesMessage message = session.createBytesMessage();
                message.writeBytes(body);
                message.setStringProperty(
                        OrderingTopics.DUPLICATE_ID, batch.id().toString());
                message.setStringProperty(OrderingTopics.GROUP, batch.channel().value());
                message.setStringProperty(
                        OrderingTopics.CHANNEL, batch.channel().value());
                producer.send(session.createTopic(OrderingTopics.batches(batch.channel())), message);
            });
        } catch (JMSException e) {
            throw BrokerConnection.isCausedBy(e, "ActiveMQAddressFullException")
                    ? SendException.refused("the broker's backlog is full", e)
                    : SendException.inDoubt(String.valueOf(e.getMessage()), e);
        }
    }
}
