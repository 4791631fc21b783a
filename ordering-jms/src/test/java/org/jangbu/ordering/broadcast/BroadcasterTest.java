package org.jangbu.ordering.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.Status;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigException;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.ledger.channel.ConfigUpdates;
import org.jangbu.model.ChannelId;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.RevocationNews;
import org.jangbu.ordering.settings.OrderingMetrics;
import org.jangbu.ordering.testing.TrialNetwork;
import org.jangbu.ordering.testing.Updates;
import org.jangbu.peer.gateway.BroadcastException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BroadcasterTest {
    @TempDir
    static Path folder;

    private static TrialNetwork network;
    private static ChannelConfig config;

    private final ExecutorService workers = new ThreadPoolExecutor(0, 2, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final SwitchedSender wire = new SwitchedSender();
    private volatile RevocationNews revocations = RevocationNews.NONE;

    @BeforeAll
    static void found() throws ChannelConfigException {
        network = new TrialNetwork(folder);
        config = ChannelConfigReader.read(network.genesis(TrialNetwork.CHANNEL, 10));
    }

    @AfterEach
    void stop() {
        wire.open.release(1_000);
        workers.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void answers_when_the_wire_has_taken_the_envelope() throws Exception {
        Broadcaster broadcaster = broadcaster(100);
        CompletableFuture<Void> answer = broadcast(broadcaster);
        assertThat(answer).isNotDone();
        wire.open.release();
        answer.get(10, TimeUnit.SECONDS);
        assertThat(wire.taken).hasSize(1);
        assertThat(wire.taken.peek().entries()).hasSize(1);
    }

    @Test
    void envelopes_that_come_while_a_batch_is_sent_travel_together_in_order() throws Exception {
        Broadcaster broadcaster = broadcaster(100);
        List<ByteString> envelopes = new ArrayList<>();
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            envelopes.add(network.envelope(TrialNetwork.CHANNEL, "text " + i));
            answers.add(broadcaster
                    .broadcast(TrialNetwork.CHANNEL, envelopes.get(i))
                    .toCompletableFuture());
            await().until(() -> wire.attempts.size() == 1);
        }
        wire.open.release(100);
        await().until(() -> !wire.taken.isEmpty());
        broadcaster.arrived(TrialNetwork.CHANNEL, wire.taken.peek().id());
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);

        List<Batch> batches = List.copyOf(wire.taken);
        assertThat(batches).extracting(batch -> batch.entries().size()).containsExactly(1, 7);
        assertThat(batches.stream().flatMap(batch -> batch.entries().stream()).map(Batch.Entry::envelope))
                .containsExactlyElementsOf(envelopes);
    }

    @Test
    void a_revocation_list_counts_at_the_door_at_once_and_only_there() throws Exception {
        wire.open.release(1_000);
        Broadcaster broadcaster = broadcaster(100);
        broadcast(broadcaster).get(10, TimeUnit.SECONDS);
        revocations = RevocationNews.of(List.of(network.revocation(network.user())));
        BroadcastException refusal = refusal(broadcast(broadcaster));
        assertThat(refusal.status()).isEqualTo(Status.FORBIDDEN);
        assertThat(refusal).hasMessageContaining("revoked");
        // The channel's configuration does not know of it, so nor do orderers afterwards, nor peers.
        EnvelopeFilter.check(config, network.envelope(TrialNetwork.CHANNEL, "text"), Instant.now());
        revocations = RevocationNews.of(List.of(network.revocation(network.peer())));
        broadcast(broadcaster).get(10, TimeUnit.SECONDS);
    }

    @Test
    void what_waits_leaves_soon_after_the_batch_before_it_stands_in_a_block_however_long_the_timeout()
            throws Exception {
        ChannelConfig patient =
                ChannelConfigReader.read(network.genesis(TrialNetwork.CHANNEL, 10, Duration.ofHours(1)));
        Broadcaster broadcaster = broadcaster(100, patient, Duration.ofMillis(200));
        wire.open.release(100);
        broadcast(broadcaster).get(10, TimeUnit.SECONDS);
        CompletableFuture<Void> second = broadcast(broadcaster);

        broadcaster.arrived(TrialNetwork.CHANNEL, wire.taken.element().id());
        second.get(10, TimeUnit.SECONDS);
        assertThat(wire.taken).hasSize(2);
    }

    @Test
    void a_shorter_timeout_counts_as_soon_as_the_block_that_brings_it_stands() throws Exception {
        AtomicReference<ChannelConfig> now = new AtomicReference<>(
                ChannelConfigReader.read(network.genesis(TrialNetwork.CHANNEL, 10, Duration.ofHours(1))));
        Broadcaster broadcaster = broadcaster(100, () -> Objects.requireNonNull(now.get()), Duration.ZERO);
        wire.open.release(100);
        broadcast(broadcaster).get(10, TimeUnit.SECONDS);
        CompletableFuture<Void> waiting = broadcast(broadcaster);
        UUID configuration = UUID.randomUUID();
        broadcaster.arrived(TrialNetwork.CHANNEL, configuration);
        assertThat(waiting).as("the batch before it is on its way still").isNotDone();

        now.set(ChannelConfigReader.read(network.genesis(TrialNetwork.CHANNEL, 10, Duration.ofMillis(50))));
        broadcaster.arrived(TrialNetwork.CHANNEL, configuration);

        waiting.get(10, TimeUnit.SECONDS);
        assertThat(wire.taken).hasSize(2);
    }

    @Test
    void a_batch_is_sent_again_under_its_id_until_the_wire_is_back() throws Exception {
        Broadcaster broadcaster = broadcaster(100);
        wire.failures = 3;
        wire.open.release(100);
        broadcast(broadcaster).get(10, TimeUnit.SECONDS);
        assertThat(wire.attempts).hasSize(4);
        assertThat(wire.attempts.stream().distinct()).hasSize(1);
    }

    @Test
    void an_envelope_is_unavailable_when_the_wire_stays_away() {
        Broadcaster broadcaster = broadcaster(100);
        wire.failures = Integer.MAX_VALUE;
        wire.open.release(1_000);
        CompletableFuture<Void> answer = broadcast(broadcaster);
        await().until(answer::isCompletedExceptionally);
        assertThat(refusal(answer).status()).isEqualTo(Status.SERVICE_UNAVAILABLE);
        assertThat(refusal(answer)).hasMessageContaining("may or may not");
    }

    @Test
    void a_full_broker_is_told_at_once() {
        Broadcaster broadcaster = broadcaster(100);
        wire.refuse = true;
        wire.open.release(10);
        CompletableFuture<Void> answer = broadcast(broadcaster);
        await().until(answer::isCompletedExceptionally);
        assertThat(refusal(answer)).hasMessageContaining("was not taken");
        assertThat(wire.attempts).hasSize(1);
    }

    @Test
    void a_full_door_is_told_at_once_and_opens_again() throws Exception {
        Broadcaster broadcaster = broadcaster(5);
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.add(broadcast(broadcaster));
        }
        CompletableFuture<Void> sixth = broadcast(broadcaster);
        assertThat(sixth).isCompletedExceptionally();
        assertThat(refusal(sixth).status()).isEqualTo(Status.SERVICE_UNAVAILABLE);

        wire.open.release(100);
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        broadcast(broadcaster).get(10, TimeUnit.SECONDS);
    }

    @Test
    void an_unknown_channel_is_not_found_and_bad_bytes_are_refused_without_the_wire() {
        Broadcaster broadcaster = broadcaster(100);
        ChannelId stranger = new ChannelId("stranger");
        CompletableFuture<Void> unknown = broadcaster
                .broadcast(stranger, network.envelope(stranger, "text"))
                .toCompletableFuture();
        CompletableFuture<Void> bad = broadcaster
                .broadcast(TrialNetwork.CHANNEL, ByteString.copyFromUtf8("bad"))
                .toCompletableFuture();
        assertThat(refusal(unknown).status()).isEqualTo(Status.NOT_FOUND);
        assertThat(refusal(bad).status()).isEqualTo(Status.BAD_REQUEST);
        assertThat(wire.attempts).isEmpty();
    }

    @Test
    void an_update_becomes_a_configuration_signed_by_the_orderer_alone_in_its_batch() throws Exception {
        wire.open.release(1_000);
        Broadcaster broadcaster = broadcaster(100);
        ByteString update = network.update(Updates.batchSize(config, 3), network.ordererAdmin());
        broadcaster
                .broadcast(TrialNetwork.CHANNEL, update)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        Batch batch = wire.taken.element();
        assertThat(batch.entries()).hasSize(1);
        ParsedEnvelope made =
                EnvelopeFilter.checkConfiguration(config, batch.entries().get(0).envelope(), Instant.now());
        assertThat(made.signatureHeader().getCreator())
                .isEqualTo(network.orderer("orderer").signer().current().serialized());
        assertThat(made.txId().value()).isEmpty();
        ChannelConfig next = ConfigUpdates.accept(config, ChannelConfigReader.configuration(made));
        assertThat(next.orderer().maxMessageCount()).isEqualTo(3);
        assertThat(ChannelConfigReader.configuration(made).getLastUpdate().toByteString())
                .isEqualTo(update);
    }

    @Test
    void an_update_that_is_not_authorised_or_would_end_the_ordering_is_refused_with_the_reason() {
        Broadcaster broadcaster = broadcaster(100);
        BroadcastException unauthorised = refusal(broadcaster
                .broadcast(TrialNetwork.CHANNEL, network.update(Updates.batchSize(config, 3), network.admin()))
                .toCompletableFuture());
        assertThat(unauthorised.status()).isEqualTo(Status.BAD_REQUEST);
        assertThat(unauthorised).hasMessageContaining("missing a signature by OrdererMSP.admin");
        assertThat(unauthorised).hasCauseInstanceOf(ConfigUpdateException.class);
        BroadcastException useless = refusal(broadcaster
                .broadcast(
                        TrialNetwork.CHANNEL, network.update(Updates.withoutOrderers(config), network.ordererAdmin()))
                .toCompletableFuture());
        assertThat(useless).hasMessageContaining("would have no organisation");
        assertThat(wire.attempts).isEmpty();
    }

    @Test
    void a_revoked_administrators_signature_counts_for_nothing_whoever_sends_the_update() throws Exception {
        Broadcaster broadcaster = broadcaster(100);
        revocations = RevocationNews.of(List.of(network.revocation(network.admin())));
        BroadcastException refusal = refusal(broadcaster
                .broadcast(
                        TrialNetwork.CHANNEL,
                        network.update(Updates.batchSize(config, 3), network.admin(), network.user()))
                .toCompletableFuture());
        assertThat(refusal.status()).isEqualTo(Status.FORBIDDEN);
        assertThat(refusal).hasMessageContaining("a signature under the update").hasMessageContaining("revoked");
    }

    private CompletableFuture<Void> broadcast(Broadcaster broadcaster) {
        return broadcaster
                .broadcast(TrialNetwork.CHANNEL, network.envelope(TrialNetwork.CHANNEL, "text"))
                .toCompletableFuture();
    }

    private Broadcaster broadcaster(int backlog) {
        return broadcaster(backlog, config, Duration.ZERO);
    }

    private Broadcaster broadcaster(int backlog, ChannelConfig config, Duration linger) {
        return broadcaster(backlog, () -> config, linger);
    }

    private Broadcaster broadcaster(int backlog, Supplier<ChannelConfig> config, Duration linger) {
        return new Broadcaster(
                new OneChannel(config),
                wire,
                workers,
                timer,
                Clock.systemUTC(),
                () -> revocations,
                new Broadcaster.Limits(backlog, 1 << 20, linger, Duration.ofSeconds(1)),
                channel -> false,
                OrderingMetrics.NONE);
    }

    private record OneChannel(Supplier<ChannelConfig> config) implements OrderedChannels {
        @Override
        public Optional<ChannelConfig> config(ChannelId channel) {
            return channel.equals(TrialNetwork.CHANNEL) ? Optional.of(config.get()) : Optional.empty();
        }

        @Override
        public Optional<SigningIdentity> signer(ChannelId channel) {
            return config(channel)
                    .map(unused -> network.orderer("orderer").signer().current());
        }
    }

    private static BroadcastException refusal(CompletableFuture<Void> answer) {
        try {
            answer.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return (BroadcastException) Objects.requireNonNull(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("it was not refused");
    }

    /** A wire whose every send waits for a permit. */
    private static final class SwitchedSender implements BatchSender {
        private final Semaphore open = new Semaphore(0);
        private final ConcurrentLinkedQueue<Batch> taken = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Batch> attempts = new ConcurrentLinkedQueue<>();
        private volatile int failures;
        private volatile boolean refuse;

        @Override
        public void sendBatch(Batch batch) throws SendException {
            attempts.add(batch);
            open.acquireUninterruptibly();
            if (refuse) {
                throw SendException.refused("full", new IllegalStateException());
            }
            if (attempts.size() <= failures) {
                throw SendException.inDoubt("away", new IllegalStateException());
            }
            taken.add(batch);
        }
    }
}
