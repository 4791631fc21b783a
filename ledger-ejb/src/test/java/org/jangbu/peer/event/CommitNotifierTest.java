package org.jangbu.peer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.TransactionIndex;
import org.jangbu.ledger.commit.ValidatedBlock;
import org.jangbu.model.ChannelId;
import org.jangbu.model.TxId;
import org.jangbu.peer.endorse.MemoryLedger;
import org.junit.jupiter.api.Test;

class CommitNotifierTest {
    private static final ChannelId CHANNEL = new ChannelId("mychannel");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicLong now = new AtomicLong();
    private final Deadlines deadlines = new Deadlines(now::get);
    private final MemoryLedger one = new MemoryLedger("peer0.org1.example.com", "mychannel");
    private final MemoryLedger two = new MemoryLedger("peer0.org2.example.com", "mychannel");
    private final List<PeerLedger> both = List.of(one, two);
    private final CommitNotifier notifier = new CommitNotifier(100, Duration.ofSeconds(1), deadlines, Runnable::run);

    @Test
    void tells_when_every_peer_has_committed() throws Exception {
        var waiting = await("a");
        commit(one, 0, "a");
        assertThat(waiting).isNotDone();
        commit(two, 0, "a");
        assertThat(waiting.get()).contains(new TransactionIndex.Entry(new TxId("a"), 0, 0, TxValidationCode.VALID));
        assertThat(notifier.waiting()).isZero();
    }

    @Test
    void does_not_wait_for_ever_for_a_peer_that_lags() throws Exception {
        var waiting = await("a");
        commit(one, 0, "a");
        pass(Duration.ofMillis(999));
        assertThat(waiting).isNotDone();
        pass(Duration.ofMillis(1));
        assertThat(waiting.get()).isPresent();
    }

    @Test
    void answers_at_once_what_is_committed_already() throws Exception {
        commit(one, 0, "x", "a");
        commit(two, 0, "x", "a");
        assertThat(await("a").get().orElseThrow().position()).isEqualTo(1);
    }

    @Test
    void is_empty_when_the_limit_passes_and_forgets_the_waiter() throws Exception {
        var waiting = await("a");
        pass(LONG);
        assertThat(waiting.get()).isEmpty();
        assertThat(notifier.waiting()).isZero();
        commit(one, 0, "a");
    }

    @Test
    void who_does_not_want_to_wait_hears_what_is_known_now() throws Exception {
        assertThat(notifier.await(CHANNEL, both, new TxId("a"), Duration.ZERO)
                        .toCompletableFuture()
                        .get())
                .isEmpty();
        commit(one, 0, "a");
        assertThat(notifier.await(CHANNEL, both, new TxId("a"), Duration.ZERO)
                        .toCompletableFuture()
                        .get())
                .isPresent();
        assertThat(notifier.waiting()).isZero();
    }

    @Test
    void refuses_a_waiter_too_many() {
        for (int i = 0; i < 100; i++) {
            assertThat(await("tx" + i)).isNotDone();
        }
        assertThatThrownBy(() -> await("one more").get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TooManyWaitersException.class);
        notifier.close();
        assertThat(notifier.waiting()).isZero();
    }

    @Test
    void a_failing_ledger_fails_the_waiter_and_leaves_no_trace() {
        two.fail(new IllegalStateException("away"));
        assertThatThrownBy(() -> await("a").get()).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(notifier.waiting()).isZero();
    }

    @Test
    void a_duplicate_does_not_answer_for_the_first() {
        var waiting = await("a");
        for (MemoryLedger ledger : List.of(one, two)) {
            ValidatedBlock block = new ValidatedBlock(
                    block(0),
                    List.of(new ValidatedBlock.Outcome(new TxId("a"), TxValidationCode.DUPLICATE_TXID, Instant.EPOCH)),
                    List.of(),
                    List.of());
            notifier.committed(ledger.id(), block);
        }
        assertThat(waiting).isNotDone();
    }

    /** Commits race with callers that begin to wait; nobody may be left behind. */
    @Test
    void loses_no_wake_up() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            CommitNotifier racing = new CommitNotifier(100_000, Duration.ofSeconds(1), deadlines, Runnable::run);
            int blocks = 500;
            int perBlock = 20;
            CompletableFuture<Void> committers = CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> commitAll(racing, one, blocks, perBlock), executor),
                    CompletableFuture.runAsync(() -> commitAll(racing, two, blocks, perBlock), executor));
            List<CompletableFuture<Optional<TransactionIndex.Entry>>> waiters = new ArrayList<>();
            Random random = new Random(42);
            for (int i = 0; i < blocks * perBlock; i++) {
                TxId txId = new TxId("tx" + random.nextInt(blocks * perBlock));
                waiters.add(racing.await(CHANNEL, both, txId, LONG).toCompletableFuture());
            }
            committers.get(60, TimeUnit.SECONDS);
            for (var waiter : waiters) {
                assertThat(waiter.get(10, TimeUnit.SECONDS)).isPresent();
            }
            assertThat(racing.waiting()).isZero();
        } finally {
            executor.shutdownNow();
        }
    }

    private static void commitAll(CommitNotifier notifier, MemoryLedger ledger, int blocks, int perBlock) {
        for (int number = 0; number < blocks; number++) {
            String[] ids = new String[perBlock];
            for (int i = 0; i < perBlock; i++) {
                ids[i] = "tx" + (number * perBlock + i);
            }
            ValidatedBlock block = validated(number, ids);
            ledger.commit(block);
            notifier.committed(ledger.id(), block);
        }
    }

    private CompletableFuture<Optional<TransactionIndex.Entry>> await(String txId) {
        return notifier.await(CHANNEL, both, new TxId(txId), LONG).toCompletableFuture();
    }

    private void commit(MemoryLedger ledger, long number, String... txIds) {
        ValidatedBlock block = validated(number, txIds);
        ledger.commit(block);
        notifier.committed(ledger.id(), block);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        deadlines.tick();
    }

    private static ValidatedBlock validated(long number, String... txIds) {
        List<ValidatedBlock.Outcome> outcomes = new ArrayList<>();
        for (String txId : txIds) {
            outcomes.add(new ValidatedBlock.Outcome(new TxId(txId), TxValidationCode.VALID, Instant.EPOCH));
        }
        return new ValidatedBlock(block(number), outcomes, List.of(), List.of());
    }

    private static Block block(long number) {
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder().setNumber(number))
                .build();
    }
}
