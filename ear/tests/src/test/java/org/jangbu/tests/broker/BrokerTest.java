package org.jangbu.tests.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQDuplicateIdException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each test uses channels of its own. */
class BrokerTest {
    private static final String ORDERING = "jangbu-ordering";
    private static final String BLOCKS = "jangbu-blocks-server1";
    private static final String HEARING = "jangbu-hearing-server1";
    private static final long ARRIVES = 10_000;
    private static final long NOTHING_MORE = 500;

    private static BrokerServer server;

    @BeforeAll
    static void start() throws Exception {
        server = BrokerServer.start();
        // As the application does before it sends.
        try (Connection orderer = connect("orderer");
                Connection committer = connect("committer")) {
            subscribe(orderer, "ordering.#", ORDERING);
            subscribe(orderer, "blocks.#", HEARING);
            subscribe(committer, "blocks.#", BLOCKS);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void a_batch_sent_before_anybody_listens_is_kept_over_a_kill_and_comes_in_order() throws Exception {
        try (Connection broadcaster = connect("broadcaster")) {
            for (int i = 0; i < 3; i++) {
                send(broadcaster, "ordering.early", "batch " + i, null);
            }
        }
        server.killAndBoot();
        try (Connection orderer = connect("orderer")) {
            assertThat(receiveAll(orderer, "ordering.#", ORDERING)).containsExactly("batch 0", "batch 1", "batch 2");
        }
    }

    @Test
    void what_waits_in_the_subscriptions_is_kept_while_the_server_is_stopped() throws Exception {
        try (Connection broadcaster = connect("broadcaster");
                Connection orderer = connect("orderer")) {
            send(broadcaster, "ordering.stopped", "batch", null);
            send(orderer, "blocks.stopped", "block 7", null);
        }
        server.stopAndBoot();
        try (Connection orderer = connect("orderer");
                Connection committer = connect("committer")) {
            assertThat(receiveAll(orderer, "ordering.#", ORDERING)).containsExactly("batch");
            assertThat(receiveAll(orderer, "blocks.#", HEARING)).containsExactly("block 7");
            assertThat(receiveAll(committer, "blocks.#", BLOCKS)).containsExactly("block 7");
        }
    }

    @Test
    void a_block_sent_before_anybody_listens_is_kept() throws Exception {
        try (Connection orderer = connect("orderer");
                Connection committer = connect("committer")) {
            send(orderer, "blocks.early", "block 7", null);
            assertThat(receiveAll(committer, "blocks.#", BLOCKS)).containsExactly("block 7");
            assertThat(receiveAll(orderer, "blocks.#", HEARING)).containsExactly("block 7");
        }
    }

    @Test
    void an_orderer_hears_what_is_published_whatever_the_committer_has_taken() throws Exception {
        try (Connection orderer = connect("orderer");
                Connection committer = connect("committer")) {
            receiveAll(orderer, "blocks.#", HEARING);
            send(orderer, "blocks.heard", "block 7", null);
            assertThat(receiveAll(committer, "blocks.#", BLOCKS)).containsExactly("block 7");
            assertThat(receiveAll(orderer, "blocks.#", HEARING)).containsExactly("block 7");
        }
    }

    @Test
    void only_the_orderer_may_publish_blocks() throws Exception {
        for (String account : new String[] {"broadcaster", "committer"}) {
            try (Connection connection = connect(account)) {
                assertThatThrownBy(() -> send(connection, "blocks.forged", "block", null))
                        .isInstanceOf(JMSSecurityException.class);
            }
        }
    }

    @Test
    void only_the_broadcaster_may_send_batches() throws Exception {
        for (String account : new String[] {"orderer", "committer"}) {
            try (Connection connection = connect(account)) {
                assertThatThrownBy(() -> send(connection, "ordering.forged", "batch", null))
                        .isInstanceOf(JMSSecurityException.class);
            }
        }
    }

    @Test
    void only_the_orderer_may_read_batches_and_only_it_and_the_committer_blocks() throws Exception {
        for (String account : new String[] {"broadcaster", "committer"}) {
            try (Connection connection = connect(account)) {
                assertThatThrownBy(() -> receiveAll(connection, "ordering.#", ORDERING))
                        .isInstanceOf(JMSSecurityException.class);
            }
        }
        try (Connection connection = connect("broadcaster")) {
            assertThatThrownBy(() -> receiveAll(connection, "blocks.#", BLOCKS))
                    .isInstanceOf(JMSSecurityException.class);
        }
    }

    @Test
    void nobody_comes_in_without_an_account_or_with_a_wrong_password() {
        assertThatThrownBy(() -> server.connectionFactory().createConnection())
                .isInstanceOf(JMSSecurityException.class);
        assertThatThrownBy(() -> server.connectionFactory().createConnection("orderer", "guess"))
                .isInstanceOf(JMSSecurityException.class);
        assertThatThrownBy(() -> server.connectionFactory().createConnection("guest", "guest"))
                .isInstanceOf(JMSSecurityException.class);
    }

    @Test
    void no_account_may_use_other_addresses() throws Exception {
        for (String account : new String[] {"orderer", "broadcaster", "committer"}) {
            try (Connection connection = connect(account)) {
                assertThatThrownBy(() -> send(connection, "somewhere.else", "message", null))
                        .isInstanceOf(JMSSecurityException.class);
            }
        }
    }

    @Test
    void a_full_backlog_refuses_the_next_batch_at_once_and_takes_more_when_it_is_worked_off() throws Exception {
        String batch = "x".repeat(1 << 20);
        try (Connection broadcaster = connect("broadcaster");
                Connection orderer = connect("orderer")) {
            int accepted = sendUntilRefused(broadcaster, "ordering.full", batch);
            assertThat(accepted).isBetween(2, 8);
            send(broadcaster, "ordering.another", "another channel is not concerned", null);
            assertThat(receiveAll(orderer, "ordering.#", ORDERING)).hasSize(accepted + 1);
            send(broadcaster, "ordering.full", "there is room again", null);
            assertThat(receiveAll(orderer, "ordering.#", ORDERING)).containsExactly("there is room again");
        }
    }

    @Test
    void blocks_that_nobody_takes_go_to_disk_when_memory_is_full_and_never_hold_up_the_orderer() throws Exception {
        String block = "x".repeat(1 << 20);
        try (Connection orderer = connect("orderer");
                Connection committer = connect("committer");
                Connection broadcaster = connect("broadcaster")) {
            for (int i = 0; i < 40; i++) {
                send(orderer, "blocks.full", block, "full:" + i);
            }
            assertThatThrownBy(() -> send(broadcaster, "ordering.meanwhile", "batch", null))
                    .hasMessageContaining("AMQ");
            assertThat(receiveAll(committer, "blocks.#", BLOCKS)).hasSize(40);
            assertThat(receiveAll(orderer, "blocks.#", HEARING)).hasSize(40);
            send(orderer, "blocks.full", "the next one", "full:40");
            assertThat(receiveAll(committer, "blocks.#", BLOCKS)).containsExactly("the next one");
            assertThat(receiveAll(orderer, "blocks.#", HEARING)).containsExactly("the next one");
        }
    }

    @Test
    void a_second_block_of_the_same_number_is_refused_also_after_a_kill_and_also_when_the_first_went_to_disk()
            throws Exception {
        String block = "x".repeat(1 << 20);
        int last = 39;
        try (Connection orderer = connect("orderer")) {
            for (int i = 0; i <= last; i++) {
                send(orderer, "blocks.fence", block, "fence:" + i);
            }
            refusesSecond(orderer, block, last);
        }
        server.killAndBoot();
        try (Connection orderer = connect("orderer");
                Connection committer = connect("committer")) {
            assertThat(receiveAll(committer, "blocks.#", BLOCKS)).hasSize(last + 1);
            assertThat(receiveAll(orderer, "blocks.#", HEARING)).hasSize(last + 1);
            refusesSecond(orderer, block, last);
        }
    }

    private static void refusesSecond(Connection orderer, String block, int last) {
        for (int number : new int[] {0, last}) {
            assertThatThrownBy(() -> send(orderer, "blocks.fence", block, "fence:" + number))
                    .hasCauseInstanceOf(ActiveMQDuplicateIdException.class);
        }
    }

    private static Connection connect(String account) throws JMSException {
        Connection connection = server.connectionFactory().createConnection(account, server.password(account));
        connection.start();
        return connection;
    }

    private static void subscribe(Connection connection, String topic, String subscription) throws JMSException {
        try (Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            session.createSharedDurableConsumer(session.createTopic(topic), subscription)
                    .close();
        }
    }

    /** Sends in a local transaction, as orderers publish; an id fences. */
    private static void send(Connection connection, String topic, String text, @Nullable String id)
            throws JMSException {
        try (Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            MessageProducer producer = session.createProducer(session.createTopic(topic));
            BytesMessage message = session.createBytesMessage();
            message.writeUTF(text.length() > 60_000 ? "" : text);
            message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            if (id != null) {
                message.setStringProperty("_AMQ_DUPL_ID", id);
            }
            producer.send(message);
            session.commit();
        }
    }

    private static int sendUntilRefused(Connection connection, String topic, String text) {
        int accepted = 0;
        try {
            while (accepted < 100) {
                send(connection, topic, text, null);
                accepted++;
            }
        } catch (JMSException e) {
            assertThat(e).hasMessageContaining("AMQ");
        }
        return accepted;
    }

    /** Everything that is there, by the shared durable subscription that message-driven beans use. */
    private static List<String> receiveAll(Connection connection, String topic, String subscription)
            throws JMSException {
        List<String> texts = new ArrayList<>();
        try (Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer =
                        session.createSharedDurableConsumer(session.createTopic(topic), subscription)) {
            for (BytesMessage message = (BytesMessage) consumer.receive(ARRIVES);
                    message != null;
                    message = (BytesMessage) consumer.receive(NOTHING_MORE)) {
                texts.add(message.readUTF());
            }
        }
        return texts;
    }
}
