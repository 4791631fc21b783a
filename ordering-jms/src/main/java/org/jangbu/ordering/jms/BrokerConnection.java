package org.jangbu.ordering.jms;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jangbu.ordering.log.OrderingLog;
import org.jspecify.annotations.Nullable;

/**
 * One account's long-lived connection to the broker, with as many sessions as threads that use it at once. Opened when it is first needed and
 * again after it failed; whoever was using it gets the failure and tries again. The factory must be a plain one: pooled factories have no
 * local transactions outside of JTA.
 */
public final class BrokerConnection implements AutoCloseable {
    private final ConnectionFactory factory;
    private final String user;
    private final String password;
    private final boolean transacted;
    private final Opening opening;
    private @Nullable Generation current;
    private boolean closed;

    /** @param transacted whether what is sent waits for {@link Session#commit} */
    public BrokerConnection(ConnectionFactory factory, String user, String password, boolean transacted) {
        this(factory, user, password, transacted, connection -> {});
    }

    /** @param opening done with each new connection before it is used */
    BrokerConnection(ConnectionFactory factory, String user, String password, boolean transacted, Opening opening) {
        this.factory = factory;
        this.user = user;
        this.password = password;
        this.transacted = transacted;
        this.opening = opening;
    }

    /** What must be done with a new connection before anybody uses it; without it there is no connection. */
    @FunctionalInterface
    interface Opening {
        void opened(Connection connection) throws JMSException;
    }

    /** Sends something. */
    @FunctionalInterface
    interface Work {
        void run(Session session, MessageProducer producer) throws JMSException;
    }

    /**
     * Runs work on a session that nobody else uses meanwhile. After a failure neither that session nor its connection is used again.
     *
     * @throws JMSException as the work threw it, or if there is no connection to be had
     */
    void run(Work work) throws JMSException {
        Generation generation = generation();
        Lane lane = generation.take();
        try {
            work.run(lane.session(), lane.producer());
        } catch (JMSException | RuntimeException e) {
            if (isRefusal(e)) {
                generation.closeQuietly(lane);
            } else {
                drop(generation, String.valueOf(e.getMessage()));
            }
            throw e;
        }
        generation.giveBack(lane);
    }

    /** Opens the connection if there is none. */
    void open() throws JMSException {
        Generation unused = generation();
    }

    /** Whether the broker answers now; opens the connection if there is none. May take as long as a call to the broker may. */
    public boolean isReachable() {
        try {
            generation().ping();
            return true;
        } catch (JMSException e) {
            return false;
        }
    }

    /** Whether the broker understood and said no: nothing is wrong with the connection. The broker's classes are not ours to name. */
    static boolean isRefusal(Throwable failure) {
        return isCausedBy(failure, "ActiveMQDuplicateIdException")
                || isCausedBy(failure, "ActiveMQAddressFullException");
    }

    static boolean isCausedBy(Throwable failure, String simpleName) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().equals(simpleName)) {
                return true;
            }
        }
        return false;
    }

    private synchronized Generation generation() throws JMSException {
        if (closed) {
            throw new JMSException("the connection is closed");
        }
        Generation generation = current;
        if (generation == null) {
            Connection connection = factory.createConnection(user, password);
            generation = new Generation(connection, transacted);
            Generation made = generation;
            try {
                connection.setExceptionListener(e -> drop(made, String.valueOf(e.getMessage())));
                opening.opened(connection);
            } catch (JMSException e) {
                made.close();
                throw e;
            }
            current = generation;
            OrderingLog.LOG.connected();
        }
        return generation;
    }

    private void drop(Generation failed, String reason) {
        synchronized (this) {
            if (!failed.equals(current)) {
                return;
            }
            current = null;
        }
        OrderingLog.LOG.connectionLost(reason);
        failed.close();
    }

    @Override
    public void close() {
        Generation last;
        synchronized (this) {
            closed = true;
            last = current;
            current = null;
        }
        if (last != null) {
            last.close();
        }
    }

    private record Lane(Session session, MessageProducer producer) {}

    /** One connection and its idle sessions. */
    private static final class Generation {
        private final Connection connection;
        private final boolean transacted;
        private final ConcurrentLinkedDeque<Lane> idle = new ConcurrentLinkedDeque<>();

        Generation(Connection connection, boolean transacted) {
            this.connection = connection;
            this.transacted = transacted;
        }

        Lane take() throws JMSException {
            Lane lane = idle.pollFirst();
            if (lane != null) {
                return lane;
            }
            Session session =
                    connection.createSession(transacted ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(null);
            producer.setDeliveryMode(DeliveryMode.PERSISTENT);
            return new Lane(session, producer);
        }

        void giveBack(Lane lane) {
            idle.addFirst(lane);
        }

        void ping() throws JMSException {
            connection.createSession(false, Session.AUTO_ACKNOWLEDGE).close();
        }

        void closeQuietly(Lane lane) {
            try {
                lane.session().close();
            } catch (JMSException e) {
                OrderingLog.LOG.debug("a session could not be closed", e);
            }
        }

        void close() {
            try {
                connection.close();
            } catch (JMSException e) {
                OrderingLog.LOG.debug("a connection could not be closed", e);
            }
        }
    }
}
