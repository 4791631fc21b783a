package org.jangbu.ordering.jms;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.Map;

/**
 * Durable subscriptions that must be on the broker before anything is sent: a topic without one discards in silence. They are shared and
 * have no client id, so that message-driven beans of the same names consume from them.
 *
 * @param topics each subscription's topic, which may be a pattern, by name
 */
public record Subscriptions(Map<String, String> topics) {
    /** Of a server without orderers: what nobody reads must not be collected. */
    public static final Subscriptions NONE = new Subscriptions(Map.of());

    private static final String BATCHES = "jangbu-ordering";
    private static final String HEARING = "jangbu-hearing-";

    public Subscriptions {
        topics = Map.copyOf(topics);
    }

    /** What the orderers of a server need: the batches, shared with every other server's orderers, and all blocks for themselves. */
    public static Subscriptions ofOrderers(String server) {
        return new Subscriptions(
                Map.of(BATCHES, OrderingTopics.ALL_BATCHES, HEARING + server, OrderingTopics.ALL_BLOCKS));
    }

    /** Makes those that are not there yet; what waits in the others stays. */
    void make(Connection connection) throws JMSException {
        try (Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            for (Map.Entry<String, String> each : topics.entrySet()) {
                session.createSharedDurableConsumer(session.createTopic(each.getValue()), each.getKey())
                        .close();
            }
        }
    }
}
