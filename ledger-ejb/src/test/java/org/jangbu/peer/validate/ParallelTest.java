package org.jangbu.peer.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelTest {
    private final ExecutorService executor = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void does_everything_once() {
        for (int count : new int[] {0, 1, 2, 1000}) {
            AtomicIntegerArray done = new AtomicIntegerArray(count);
            new Parallel(executor, 4).forEach(count, done::incrementAndGet);
            for (int i = 0; i < count; i++) {
                assertThat(done.get(i)).isEqualTo(1);
            }
        }
    }

    @Test
    void is_helped_by_the_executor() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch two = new CountDownLatch(2);
        new Parallel(executor, 2).forEach(2, i -> {
            threads.add(Thread.currentThread());
            two.countDown();
            try {
                assertThat(two.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(threads).hasSize(2);
    }

    /** Every thread of the pool is a caller itself: nobody may wait for help that cannot come. */
    @Test
    void needs_no_help_when_all_threads_are_callers() throws Exception {
        List<Future<?>> callers = new ArrayList<>();
        AtomicIntegerArray done = new AtomicIntegerArray(1);
        for (int i = 0; i < 50; i++) {
            callers.add(executor.submit(() -> new Parallel(executor, 4).forEach(100, task -> done.incrementAndGet(0))));
        }
        for (Future<?> caller : callers) {
            caller.get(1, TimeUnit.MINUTES);
        }
        assertThat(done.get(0)).isEqualTo(5000);
    }

    @Test
    void does_it_alone_when_the_executor_refuses() {
        AtomicIntegerArray done = new AtomicIntegerArray(1);
        new Parallel(
                        task -> {
                            throw new RejectedExecutionException("full");
                        },
                        3)
                .forEach(10, i -> done.incrementAndGet(0));
        assertThat(done.get(0)).isEqualTo(10);
    }

    @Test
    void throws_what_the_first_failing_task_threw_after_all_have_ended() {
        AtomicIntegerArray done = new AtomicIntegerArray(1);
        assertThatThrownBy(() -> new Parallel(executor, 2).forEach(20, i -> {
                    done.incrementAndGet(0);
                    if (i >= 7) {
                        throw new IllegalStateException("task " + i);
                    }
                }))
                .hasMessage("task 7");
        assertThat(done.get(0)).isEqualTo(20);
    }
}
