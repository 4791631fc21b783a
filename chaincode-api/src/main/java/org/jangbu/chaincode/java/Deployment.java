package org.jangbu.chaincode.java;

import java.io.IOException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeResult;

/**
 * A loaded contract with its threads. They are its own and end with it: what libraries leave in a thread would otherwise keep the contract's class
 * loader in memory. How many there are is bounded by who asks.
 */
final class Deployment implements AutoCloseable {
    private static final long IDLE_SECONDS = 30;
    private static final long CLOSE_SECONDS = 10;

    private final String packageId;
    private final Limits limits;
    private final LoadedContract contract;
    private final Watchdog watchdog;
    private final ThreadPoolExecutor threads;
    private final Set<Running> active = ConcurrentHashMap.newKeySet();
    private volatile boolean classLost;

    Deployment(String packageId, Limits limits, LoadedContract contract, Watchdog watchdog, ThreadFactory threads) {
        this.packageId = packageId;
        this.limits = limits;
        this.contract = contract;
        this.watchdog = watchdog;
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> outsideOfContracts(threads, work));
    }

    // A thread that is made while another contract waits would inherit its caller's class loader and protection domain,
    // and keep them.
    @SuppressWarnings("removal") // of no effect where the platform has none of this any more
    private static Thread outsideOfContracts(ThreadFactory threads, Runnable work) {
        Thread thread = AccessController.doPrivileged((PrivilegedAction<Thread>) () -> threads.newThread(work));
        thread.setContextClassLoader(Deployment.class.getClassLoader());
        return thread;
    }

    Running running(Limits allowed, long deadline, int depth) {
        return new Running(contract.alarm(), allowed, deadline, depth);
    }

    /** Does guarded work on a thread of the pool; completes the outcome, then says that it is done. */
    void execute(Running running, Callable<ChaincodeResult> work, CompletableFuture<Outcome> outcome, Runnable done)
            throws ChaincodeExecutionException {
        try {
            threads.execute(() -> {
                try {
                    outcome.complete(guarded(running, work));
                } finally {
                    done.run();
                }
            });
        } catch (RejectedExecutionException e) {
            throw new ChaincodeExecutionException("The chaincode " + packageId + " is not deployed any more", e);
        }
    }

    private Outcome guarded(Running running, Callable<ChaincodeResult> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        active.add(running);
        running.begin();
        watchdog.watch(running);
        Outcome outcome;
        try {
            thread.setContextClassLoader(contract.loader());
            outcome = Outcome.answered(work.call());
        } catch (Throwable thrown) { // whatever a contract throws ends its own invocation and nothing else
            if (Failure.losesClass(thrown)) {
                classLost = true;
            }
            outcome = Outcome.threw(thrown);
        } finally {
            thread.setContextClassLoader(before);
            watchdog.release(running);
            running.finish();
            active.remove(running);
        }
        String verdict = running.verdict();
        return verdict == null ? outcome : Outcome.ended(verdict, running.hostFailure());
    }

    /** Takes note of what a contract threw although it was not meant for its caller. */
    void failed(Throwable thrown) {
        if (thrown instanceof InvocationEnded || thrown.getCause() instanceof InvocationEnded) {
            return; // the verdict says it better
        }
        if (Failure.losesClass(thrown)) {
            classLost = true;
        }
        ChaincodeLog.LOG.contractFailed(packageId, Failure.describe(thrown));
        ChaincodeLog.LOG.debug("thrown by the contract", thrown);
    }

    /** Whether a class of the contract cannot be used any more. */
    boolean classLost() {
        return classLost;
    }

    String packageId() {
        return packageId;
    }

    Limits limits() {
        return limits;
    }

    LoadedContract contract() {
        return contract;
    }

    /** Undeploys after the running invocations have ended by themselves, each within its time. */
    void retire() {
        threads.shutdown();
        close(limits.timeout().toSeconds() + CLOSE_SECONDS);
    }

    @Override
    public void close() {
        threads.shutdown();
        active.forEach(running -> running.end("it was undeployed"));
        close(CLOSE_SECONDS);
    }

    private void close(long patience) {
        try {
            if (!threads.awaitTermination(patience, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            contract.close();
        } catch (IOException e) {
            ChaincodeLog.LOG.notClosed(packageId, e);
        }
    }
}
