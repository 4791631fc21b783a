package org.jangbu.chaincode.plugin.jars;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The calls of one plug-in, on threads of their own, since nobody can stop a thread from outside: one that does not come back is given up and
 * keeps its place, of which there are so many. When all are lost the plug-in gives no more decisions until the server is started again.
 */
final class PluginCalls implements AutoCloseable {
    private static final int MOST = 16;
    private static final long IDLE_SECONDS = 30;

    private final String plugin;
    private final ClassLoader loader;
    private final Duration limit;
    private final Semaphore places = new Semaphore(MOST);
    private final ThreadPoolExecutor executor;

    /** @param limit how long a call may take, its wait for a place included */
    PluginCalls(String plugin, ClassLoader loader, Duration limit, ThreadFactory threads) {
        this.plugin = plugin;
        this.loader = loader;
        this.limit = limit;
        // Twice the places: one is free a moment before its thread is.
        this.executor =
                new ThreadPoolExecutor(0, 2 * MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
    }

    <T> T call(Callable<T> work) throws PluginException {
        long end = System.nanoTime() + limit.toNanos();
        FutureTask<T> task = new FutureTask<>(work);
        try {
            if (!places.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new PluginException("plug-in " + plugin + " has " + MOST + " calls that do not end");
            }
            begin(task);
            T decision = task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (decision == null) {
                throw new PluginException("plug-in " + plugin + " answered nothing");
            }
            return decision;
        } catch (TimeoutException e) {
            task.cancel(true);
            PluginLog.LOG.tooSlow(plugin, limit.toString());
            throw new PluginException("plug-in " + plugin + " has not answered within " + limit, e);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new PluginException("the server stops", e);
        } catch (ExecutionException e) {
            Throwable thrown = Objects.requireNonNull(e.getCause());
            PluginLog.LOG.threw(plugin, thrown);
            throw new PluginException(
                    "plug-in " + plugin + " threw " + thrown.getClass().getName(), e);
        }
    }

    private void begin(Runnable task) throws PluginException {
        boolean begun = false;
        try {
            executor.execute(() -> run(task));
            begun = true;
        } catch (RejectedExecutionException e) {
            throw new PluginException("plug-in " + plugin + " takes no more calls: the server stops", e);
        } finally {
            if (!begun) {
                places.release();
            }
        }
    }

    private void run(Runnable task) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            task.run();
        } finally {
            thread.setContextClassLoader(before);
            places.release();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
