package org.jangbu.ordering.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jangbu.ledger.channel.ChannelConfig.OrdererSettings;
import org.junit.jupiter.api.Test;

class BatchQueueTest {
    private static final long MS = 1_000_000;
    private static final OrdererSettings SETTINGS =
            new OrdererSettings(3, 1_000, 100, Duration.ofMillis(200), "jms", Map.of(), Set.of());

    private final BatchQueue queue = new BatchQueue(Duration.ofMillis(10));
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();
    private boolean behind;

    @Test
    void a_first_envelope_leaves_at_once() {
        add(10, 0);
        assertThat(queue.dueIn(SETTINGS, 0, () -> behind)).isZero();
        assertThat(queue.cut(SETTINGS, first, 0)).hasSize(1);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void envelopes_wait_for_company_while_a_batch_is_on_its_way() {
        add(10, 0);
        queue.cut(SETTINGS, first, 0);
        add(10, 20 * MS);
        assertThat(queue.dueIn(SETTINGS, 20 * MS, () -> behind)).isEqualTo(200 * MS);
        add(10, 30 * MS);
        queue.arrived(first);
        assertThat(queue.dueIn(SETTINGS, 30 * MS, () -> behind)).isZero();
        assertThat(queue.cut(SETTINGS, second, 30 * MS)).hasSize(2);
    }

    @Test
    void a_batch_that_is_not_full_lingers_after_the_one_before() {
        add(10, 0);
        queue.cut(SETTINGS, first, 0);
        queue.arrived(first);
        add(10, 4 * MS);
        assertThat(queue.dueIn(SETTINGS, 4 * MS, () -> behind)).isEqualTo(6 * MS);
        assertThat(queue.dueIn(SETTINGS, 10 * MS, () -> behind)).isZero();
    }

    @Test
    void grows_while_the_peers_have_not_committed_what_was_published() {
        add(10, 0);
        queue.cut(SETTINGS, first, 0);
        queue.arrived(first);
        behind = true;
        add(10, 4 * MS);
        assertThat(queue.dueIn(SETTINGS, 4 * MS, () -> behind)).isEqualTo(6 * MS);
        assertThat(queue.dueIn(SETTINGS, 10 * MS, () -> behind))
                .as("look again")
                .isEqualTo(2_500_000);
        assertThat(queue.dueIn(SETTINGS, 203 * MS, () -> behind)).as("patience").isEqualTo(MS);
        assertThat(queue.dueIn(SETTINGS, 204 * MS, () -> behind)).isZero();
        behind = false;
        assertThat(queue.dueIn(SETTINGS, 12 * MS, () -> behind)).isZero();
        behind = true;
        add(10, 12 * MS);
        add(10, 12 * MS);
        assertThat(queue.dueIn(SETTINGS, 12 * MS, () -> behind)).as("full").isZero();
    }

    @Test
    void enough_for_a_block_never_waits() {
        add(10, 0);
        queue.cut(SETTINGS, first, 0);
        add(10, 1);
        add(10, 1);
        assertThat(queue.dueIn(SETTINGS, 1, () -> behind)).isPositive();
        add(10, 1);
        assertThat(queue.dueIn(SETTINGS, 1, () -> behind)).isZero();
    }

    @Test
    void bytes_enough_for_a_block_never_wait() {
        add(10, 0);
        queue.cut(SETTINGS, first, 0);
        add(100, 1);
        assertThat(queue.dueIn(SETTINGS, 1, () -> behind)).isZero();
    }

    @Test
    void nobody_waits_longer_than_the_batch_timeout() {
        add(10, 0);
        queue.cut(SETTINGS, first, 0);
        add(10, 50 * MS);
        assertThat(queue.dueIn(SETTINGS, 150 * MS, () -> behind)).isEqualTo(100 * MS);
        assertThat(queue.dueIn(SETTINGS, 250 * MS, () -> behind)).isZero();
    }

    @Test
    void a_batch_that_never_arrives_is_not_waited_for_for_ever() {
        add(10, 0);
        queue.cut(SETTINGS, first, 0);
        add(10, 300 * MS);
        assertThat(queue.dueIn(SETTINGS, 300 * MS, () -> behind)).isZero();
    }

    @Test
    void a_batch_holds_no_more_than_a_block() {
        for (int i = 0; i < 5; i++) {
            add(40, 0);
        }
        assertThat(queue.cut(SETTINGS, first, 0)).hasSize(2);
        add(10, 0);
        add(10, 0);
        assertThat(queue.cut(SETTINGS, second, 0)).hasSize(2);
        assertThat(queue.cut(SETTINGS, UUID.randomUUID(), 0)).hasSize(3);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void an_envelope_larger_than_a_block_prefers_travels_alone() {
        add(10, 0);
        add(500, 0);
        add(10, 0);
        assertThat(queue.cut(SETTINGS, first, 0)).hasSize(1);
        assertThat(queue.cut(SETTINGS, second, 0)).hasSize(1);
        assertThat(queue.cut(SETTINGS, UUID.randomUUID(), 0)).hasSize(1);
    }

    @Test
    void what_must_travel_alone_does_and_waits_for_nobody() {
        add(10, 0);
        Batch.Entry configuration = new Batch.Entry(ByteString.copyFrom(new byte[3]), Instant.EPOCH);
        queue.add(new Waiting(configuration, 0, true, 0, new CompletableFuture<>()));
        add(10, 0);
        add(10, 0);
        UUID id = UUID.randomUUID();
        assertThat(queue.cut(SETTINGS, id, 0)).hasSize(1);
        assertThat(queue.dueIn(SETTINGS, 0, () -> behind)).isZero();
        assertThat(queue.cut(SETTINGS, UUID.randomUUID(), 0)).singleElement().matches(Waiting::alone);
        assertThat(queue.dueIn(SETTINGS, 0, () -> behind)).isPositive();
        assertThat(queue.cut(SETTINGS, UUID.randomUUID(), 0)).hasSize(2);
    }

    private void add(int size, long now) {
        Batch.Entry entry = new Batch.Entry(ByteString.copyFrom(new byte[size]), Instant.EPOCH);
        queue.add(new Waiting(entry, 0, false, now, new CompletableFuture<>()));
    }
}
