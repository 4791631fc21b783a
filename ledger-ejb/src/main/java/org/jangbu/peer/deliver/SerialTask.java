package org.jangbu.peer.deliver;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A task that runs on a shared executor, never twice at once, and once more after each call of {@link #wake} that found it running. It
 * holds no thread while it has nothing to do.
 */
public final class SerialTask {
    private enum State {
        IDLE,
        QUEUED,
        RUNNING,
        WOKEN
    }

    private final Executor executor;
    private final Runnable task;
    private final Runnable refused;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    /**
     * A task that is idle at first.
     *
     * @param refused called when the executor has no room; is to wake the task later
     */
    public SerialTask(Executor executor, Runnable task, Runnable refused) {
        this.executor = executor;
        this.task = task;
        this.refused = refused;
    }

    /** Makes the task run, or run again. */
    public void wake() {
        State before = state.getAndUpdate(s -> s == State.IDLE || s == State.QUEUED ? State.QUEUED : State.WOKEN);
        if (before == State.IDLE) {
            submit();
        }
    }

    private void submit() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            state.set(State.IDLE);
            refused.run();
        }
    }

    private void run() {
        state.set(State.RUNNING);
        try {
            task.run();
        } finally {
            if (!state.compareAndSet(State.RUNNING, State.IDLE)) {
                // Woken meanwhile: to the end of the executor's queue, so that others have their turn.
                state.set(State.QUEUED);
                submit();
            }
        }
    }
}
