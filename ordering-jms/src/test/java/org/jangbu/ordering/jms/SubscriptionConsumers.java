package org.jangbu.ordering.jms;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import org.jspecify.annotations.Nullable;

/** What a message-driven bean is to a subscription: several sessions that acknowledge when the listener returns. */
final class SubscriptionConsumers implements AutoCloseable {
    private final ConnectionFactory factory;
    private final String topic;
    private final String subscription;
    private final MessageListener listener;
    private @Nullable Connection connection;

    SubscriptionConsumers(ConnectionFactory factory, String topic, String subscription, MessageListener listener) {
        this.factory = factory;
        this.topic = topic;
        this.subscription = subscription;
        this.listener = listener;
    }

    void start(int sessions) throws JMSException {
        start(sessions, e -> {});
    }

    /** The same; the listener hears when the broker, or the way to it, is gone. */
    void start(int sessions, ExceptionListener failures) throws JMSException {
        Connection opened = factory.createConnection();
        connection = opened;
        opened.setExceptionListener(failures);
        for (int i = 0; i < sessions; i++) {
            Session session = opened.createSession(false, Session.AUTO_ACKNOWLEDGE);
            session.createSharedDurableConsumer(session.createTopic(topic), subscription)
                    .setMessageListener(listener);
        }
        opened.start();
    }

    @Override
    public void close() throws JMSException {
        Connection open = connection;
        if (open != null) {
            open.close();
        }
    }
}
