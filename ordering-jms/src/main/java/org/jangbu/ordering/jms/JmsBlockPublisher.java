package org.jangbu.ordering.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.UUID;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.sequence.BlockPublisher;
import org.jangbu.ordering.sequence.PublishException;

/**
 * Publishes blocks to their channel's topic, each in one local transaction: only there does the broker tell that an id has been used. One trip
 * to the broker and one forced write; no container transaction, no second phase.
 */
public final class JmsBlockPublisher implements BlockPublisher {
    private final BrokerConnection connection;

    /** @param connection a transacted one */
    public JmsBlockPublisher(BrokerConnection connection) {
        this.connection = connection;
    }

    @Override
    public Outcome publish(ChannelId channel, Block block) throws PublishException {
        long number = block.getHeader().getNumber();
        byte[] body = block.toByteArray();
        try {
            connection.run((session, producer) -> {
                BytesMessage message = session.createBytesMessage();
                message.writeBytes(body);
                message.setStringProperty(OrderingTopics.DUPLICATE_ID, channel + ":" + number);
                message.setLongProperty(OrderingTopics.BLOCK, number);
                address(message, channel);
                producer.send(session.createTopic(OrderingTopics.blocks(channel)), message);
                session.commit();
            });
            return Outcome.PUBLISHED;
        } catch (JMSException e) {
            if (BrokerConnection.isCausedBy(e, "ActiveMQDuplicateIdException")) {
                return Outcome.REFUSED;
            }
            throw new PublishException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void probe(ChannelId channel, UUID probe) throws PublishException {
        try {
            connection.run((session, producer) -> {
                Message message = session.createMessage();
                message.setStringProperty(OrderingTopics.PROBE, probe.toString());
                address(message, channel);
                producer.send(session.createTopic(OrderingTopics.blocks(channel)), message);
                session.commit();
            });
        } catch (JMSException e) {
            throw new PublishException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void address(Message message, ChannelId channel) throws JMSException {
        message.setStringProperty(OrderingTopics.GROUP, channel.value());
        message.setStringProperty(OrderingTopics.CHANNEL, channel.value());
    }
}
