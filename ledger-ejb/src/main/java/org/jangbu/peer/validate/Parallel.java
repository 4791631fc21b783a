package org.jangbu.peer.validate;

import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Does a number of independent things with the help of an executor. The caller works too, and waits for nobody who has not begun: however
 * busy the executor is, even with callers like this one, the work gets done.
 */
public final class Parallel {
    private final Executor executor;
    private final int helpers;

    /**
     * With help.
     *
     * @param helpers how many threads of the executor may help with one piece of work
     */
    public Parallel(Executor executor, int helpers) {
        this.executor = executor;
        this.helpers = helpers;
    }

    /** Everything in the calling thread. */
    public static Parallel none() {
        return new Parallel(Runnable::run, 0);
    }

    /**
     * Calls {@code task} with 0 to {@code count - 1}, in any order, and returns when all have ended. What a task throws is thrown here; of
     * several, that of the lowest number.
     */
    public void forEach(int count, IntConsumer task) {
        Work work = new Work(count, task);
        for (int i = 0; i < Math.min(helpers, count - 1); i++) {
            try {
                executor.execute(work::help);
            } catch (RejectedExecutionException e) {
                break; // busy or shutting down: then without help
            }
        }
        work.run();
        work.awaitOthers();
        work.rethrow();
    }

    private static final class Work {
        private final int count;
        private final IntConsumer task;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReferenceArray<@Nullable Throwable> failures;
        private final Phaser atWork = new Phaser(1);

        Work(int count, IntConsumer task) {
            this.count = count;
            this.task = task;
            this.failures = new AtomicReferenceArray<>(count);
        }

        /** A helper that comes when all is done, or given away, goes again: the caller may have left. */
        void help() {
            if (next.get() < count && atWork.register() >= 0) {
                try {
                    run();
                } finally {
                    atWork.arriveAndDeregister();
                }
            }
        }

        void run() {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    task.accept(i);
                } catch (RuntimeException | Error e) {
                    failures.set(i, e);
                }
            }
        }

        void awaitOthers() {
            atWork.arriveAndAwaitAdvance();
            atWork.forceTermination();
        }

        void rethrow() {
            for (int i = 0; i < count; i++) {
                Throwable failure = failures.get(i);
                if (failure instanceof Error error) {
                    throw error;
                }
                if (failure instanceof RuntimeException exception) {
                    throw exception;
                }
            }
        }
    }
}
