package org.jangbu.ledger.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jangbu.model.TxId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheredQuestionsTest {
    private static final TxId A = id(0);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<List<TxId>> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger waiting = new AtomicInteger();

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    @Test
    void one_caller_asks_at_once() {
        GatheredQuestions questions = new GatheredQuestions(ids -> {
            asked.add(ids);
            return Set.of(A);
        });
        assertThat(questions.isKnown(A)).isTrue();
        assertThat(questions.isKnown(id(1))).isFalse();
        assertThat(asked).containsExactly(List.of(A), List.of(id(1)));
    }

    @Test
    void those_who_come_during_a_question_share_the_next() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        GatheredQuestions questions = new GatheredQuestions(ids -> {
            asked.add(ids);
            await().until(() -> go.getCount() == 0);
            return ids.stream().filter(id -> !id.equals(A)).collect(Collectors.toSet());
        });
        Future<Boolean> first = callers.submit(() -> questions.isKnown(A));
        await().until(() -> asked.size() == 1);
        List<Future<Boolean>> others = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            TxId txId = id(i);
            others.add(callers.submit(() -> questions.isKnown(txId)));
        }
        await().until(() -> questions.waiting() == 5);
        go.countDown();
        assertThat(first.get()).isFalse();
        for (Future<Boolean> other : others) {
            assertThat(other.get()).isTrue();
        }
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).containsExactlyInAnyOrder(id(1), id(2), id(3), id(4), id(5));
    }

    @Test
    void a_failure_is_that_of_those_who_were_part_of_the_question_and_of_nobody_else() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        GatheredQuestions questions = new GatheredQuestions(ids -> {
            asked.add(ids);
            if (asked.size() == 1) {
                await().until(() -> go.getCount() == 0);
                throw new StateUnavailableException("gone", true);
            }
            return Set.of();
        });
        Future<Boolean> first = callers.submit(() -> questions.isKnown(A));
        await().until(() -> asked.size() == 1);
        Future<Boolean> second = callers.submit(() -> questions.isKnown(id(1)));
        await().until(() -> questions.waiting() == 1);
        go.countDown();
        assertThatThrownBy(first::get).hasCauseInstanceOf(StateUnavailableException.class);
        assertThat(second.get()).isFalse();
    }

    @Test
    void everybody_gets_the_answer_to_their_own_question_however_many_ask() throws Exception {
        GatheredQuestions questions = new GatheredQuestions(ids -> {
            assertThat(waiting.incrementAndGet()).as("questions at once").isEqualTo(1);
            Set<TxId> even = ids.stream().filter(GatheredQuestionsTest::isEven).collect(Collectors.toSet());
            waiting.decrementAndGet();
            return even;
        });
        List<Future<?>> running = new ArrayList<>();
        for (int caller = 0; caller < 16; caller++) {
            Random random = new Random(caller);
            running.add(callers.submit(() -> {
                for (int i = 0; i < 5_000; i++) {
                    TxId txId = id(random.nextInt(1000));
                    assertThat(questions.isKnown(txId)).isEqualTo(isEven(txId));
                }
            }));
        }
        for (Future<?> caller : running) {
            caller.get();
        }
    }

    private static boolean isEven(TxId txId) {
        return txId.value().charAt(0) % 2 == 0;
    }

    private static TxId id(int number) {
        return TxId.of(ByteString.copyFromUtf8(Integer.toString(number)), ByteString.EMPTY);
    }
}
