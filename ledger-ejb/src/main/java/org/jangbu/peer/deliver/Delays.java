package org.jangbu.peer.deliver;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something a little later, without a thread that waits. */
record Delays(ScheduledExecutorService scheduler) {
    /** Runs a short task after a wait; false if the server stops and never will. */
    @SuppressWarnings("FutureReturnValueIgnored") // the tasks handle their failures themselves
    boolean after(Duration wait, Runnable task) {
        try {
            scheduler.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
