package org.jangbu.ordering.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.jangbu.model.ChannelId;
import org.jangbu.ordering.broadcast.Batch;
import org.jangbu.ordering.broadcast.SendException;
import org.jangbu.ordering.sequence.BlockPublisher.Outcome;
import org.jangbu.ordering.sequence.PublishException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmsBlockPublisherTest {
    private static final ChannelId CHANNEL = new ChannelId("my.channel-1");

    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private BrokerConnection first;
    private BrokerConnection second;
    private final LinkedBlockingQueue<BlockMessage> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void startBroker() throws Exception {
        broker = new EmbeddedBroker(folder, 1);
        broker.start();
        first = new BrokerConnection(broker.factory(), "orderer", "secret", true);
        second = new BrokerConnection(broker.factory(), "orderer", "secret", true);
    }

    @AfterEach
    void stopBroker() throws Exception {
        first.close();
        second.close();
        broker.stop();
    }

    @Test
    void a_number_is_published_once_and_the_loser_is_told() throws Exception {
        try (SubscriptionConsumers consumers = hear()) {
            assertThat(new JmsBlockPublisher(first).publish(CHANNEL, block(1, "a")))
                    .isEqualTo(Outcome.PUBLISHED);
            assertThat(new JmsBlockPublisher(second).publish(CHANNEL, block(1, "b")))
                    .isEqualTo(Outcome.REFUSED);
            assertThat(new JmsBlockPublisher(second).publish(CHANNEL, block(2, "b")))
                    .isEqualTo(Outcome.PUBLISHED);
            assertThat(nextBlock()).isEqualTo(block(1, "a"));
            assertThat(nextBlock()).isEqualTo(block(2, "b"));
            assertThat(consumers).isNotNull();
        }
    }

    @Test
    void a_number_stays_published_when_the_broker_starts_again() throws Exception {
        JmsBlockPublisher publisher = new JmsBlockPublisher(first);
        assertThat(publisher.publish(CHANNEL, block(1, "a"))).isEqualTo(Outcome.PUBLISHED);
        broker.stop();
        assertThatThrownBy(() -> publisher.publish(CHANNEL, block(2, "a"))).isInstanceOf(PublishException.class);
        broker.start();
        assertThat(publisher.publish(CHANNEL, block(1, "b"))).isEqualTo(Outcome.REFUSED);
        assertThat(publisher.publish(CHANNEL, block(2, "a"))).isEqualTo(Outcome.PUBLISHED);
    }

    @Test
    void numbers_of_different_channels_do_not_meet() throws Exception {
        JmsBlockPublisher publisher = new JmsBlockPublisher(first);
        assertThat(publisher.publish(CHANNEL, block(1, "a"))).isEqualTo(Outcome.PUBLISHED);
        assertThat(publisher.publish(new ChannelId("other"), block(1, "a"))).isEqualTo(Outcome.PUBLISHED);
    }

    @Test
    void a_probe_is_heard_after_what_was_published_before_it() throws Exception {
        JmsBlockPublisher publisher = new JmsBlockPublisher(first);
        UUID probe = UUID.randomUUID();
        try (SubscriptionConsumers consumers = hear()) {
            publisher.publish(CHANNEL, block(1, "a"));
            publisher.probe(CHANNEL, probe);
            assertThat(nextBlock()).isEqualTo(block(1, "a"));
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(new BlockMessage.Probe(CHANNEL, probe));
            assertThat(consumers).isNotNull();
        }
    }

    @Test
    void a_batch_sent_twice_arrives_once() throws Exception {
        LinkedBlockingQueue<Batch> batches = new LinkedBlockingQueue<>();
        Batch batch = batch(100);
        Batch next = batch(200);
        BrokerConnection plain = broadcaster();
        try (plain;
                SubscriptionConsumers consumers = new SubscriptionConsumers(
                        broker.factory(), OrderingTopics.ALL_BATCHES, EmbeddedBroker.ORDERERS, message -> {
                            try {
                                BatchMessage.read(message).ifPresent(batches::add);
                            } catch (jakarta.jms.JMSException e) {
                                throw new IllegalStateException(e);
                            }
                        })) {
            JmsBatchSender sender = new JmsBatchSender(plain);
            sender.sendBatch(batch);
            sender.sendBatch(batch);
            sender.sendBatch(next);
            consumers.start(2);
            assertThat(batches.poll(10, TimeUnit.SECONDS)).isEqualTo(batch);
            assertThat(batches.poll(10, TimeUnit.SECONDS)).isEqualTo(next);
        }
    }

    @Test
    void a_full_backlog_refuses_at_once() throws Exception {
        BrokerConnection plain = broadcaster();
        try (plain) {
            JmsBatchSender sender = new JmsBatchSender(plain);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            sender.sendBatch(batch(100_000));
                        }
                    })
                    .isInstanceOfSatisfying(
                            SendException.class, e -> assertThat(e.isRefused()).isTrue());
        }
    }

    private SubscriptionConsumers hear() throws Exception {
        SubscriptionConsumers consumers =
                new SubscriptionConsumers(broker.factory(), OrderingTopics.ALL_BLOCKS, "hearing", message -> {
                    try {
                        BlockMessage.read(message).ifPresent(heard::add);
                    } catch (jakarta.jms.JMSException e) {
                        throw new IllegalStateException(e);
                    }
                });
        consumers.start(2);
        return consumers;
    }

    private Block nextBlock() throws InterruptedException {
        BlockMessage next = heard.poll(10, TimeUnit.SECONDS);
        assertThat(next).isInstanceOf(BlockMessage.Published.class);
        return ((BlockMessage.Published) next).block().orElseThrow();
    }

    private static Block block(long number, String content) {
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder().setNumber(number).setDataHash(ByteString.copyFromUtf8(content)))
                .build();
    }

    private static Batch batch(int size) {
        return new Batch(
                UUID.randomUUID(),
                CHANNEL,
                0,
                List.of(new Batch.Entry(ByteString.copyFrom(new byte[size]), Instant.ofEpochMilli(1))));
    }

    private BrokerConnection broadcaster() {
        Subscriptions subscriptions = Subscriptions.ofOrderers("server1");
        return new BrokerConnection(broker.factory(), "broadcaster", "secret", false, subscriptions::make);
    }
}
