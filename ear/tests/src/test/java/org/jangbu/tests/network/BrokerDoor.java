package org.jangbu.tests.network;

import com.google.protobuf.ByteString;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.broadcast.Batch;
import org.jangbu.ordering.broadcast.BatchEncoding;
import org.jangbu.tests.server.TrialServer;

/** Sends to the broker's topics with one of its accounts, as the parts of the ordering service do, but whatever a test likes. */
public final class BrokerDoor implements AutoCloseable {
    private final ActiveMQConnectionFactory factory;
    private final Connection connection;

    private BrokerDoor(ActiveMQConnectionFactory factory, Connection connection) {
        this.factory = factory;
        this.connection = connection;
    }

    /** As one of the accounts {@code orderer}, {@code broadcaster} and {@code committer}. */
    public static BrokerDoor as(String account) throws JMSException {
        return as(account, TrialServer.installation().environment().brokerPasswordOf(account));
    }

    /** With any name and password. */
    public static BrokerDoor as(String account, String password) throws JMSException {
        ActiveMQConnectionFactory factory =
                new ActiveMQConnectionFactory("tcp://127.0.0.1:" + TrialServer.brokerPort());
        factory.setEnable1xPrefixes(true);
        return new BrokerDoor(factory, factory.createConnection(account, password));
    }

    /** One batch, as broadcasters send it, judged by the configuration of that sequence: an older one is judged again. */
    public void sendBatch(long configSequence, List<ByteString> envelopes) throws JMSException {
        sendBatch(TrialServer.CHANNEL, configSequence, envelopes);
    }

    /** The same for any channel. */
    public void sendBatch(ChannelId channel, long configSequence, List<ByteString> envelopes) throws JMSException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Batch batch = new Batch(
                UUID.randomUUID(),
                channel,
                configSequence,
                envelopes.stream()
                        .map(envelope -> new Batch.Entry(envelope, now))
                        .toList());
        try (Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(BatchEncoding.encode(batch));
            message.setStringProperty("_AMQ_DUPL_ID", batch.id().toString());
            send(session, "ordering.", channel, message);
        }
    }

    /** A block, as orderers publish it; with the mark by which its number is taken, or without. */
    public void publish(Block block, boolean takesNumber) throws JMSException {
        long number = block.getHeader().getNumber();
        try (Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(block.toByteArray());
            message.setLongProperty("jangbu_block", number);
            if (takesNumber) {
                message.setStringProperty("_AMQ_DUPL_ID", TrialServer.CHANNEL + ":" + number);
            }
            send(session, "blocks.", TrialServer.CHANNEL, message);
            session.commit();
        }
    }

    /** Listens on the subscription of the orderers. */
    public MessageConsumer readBatches() throws JMSException {
        Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
        return session.createSharedDurableConsumer(session.createTopic("ordering.#"), "jangbu-ordering");
    }

    private static void send(Session session, String topic, ChannelId channel, BytesMessage message)
            throws JMSException {
        message.setStringProperty("JMSXGroupID", channel.value());
        message.setStringProperty("jangbu_channel", channel.value());
        try (MessageProducer producer = session.createProducer(session.createTopic(topic + channel))) {
            producer.send(message);
        }
    }

    @Override
    public void close() throws JMSException {
        connection.close();
        factory.close();
    }
}
