package org.jangbu.chaincode.java;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.chaincode.spi.Invocation;
import org.jspecify.annotations.Nullable;

/** One Java package, deployed: each invocation on a guarded thread of its own pool, while its caller waits. */
final class JavaChaincodeRuntime implements ChaincodeRuntime {
    /** How long a verdict may take to end a contract; after that its thread is given up. */
    private static final long STOP_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Fabric has no such limit and runs out of streams instead. */
    private static final int MAX_DEPTH = 16;

    private final Renewable renewable;
    private final Limits limits;
    private final String packageId;
    private final Semaphore places;

    JavaChaincodeRuntime(Deployment deployment, Renewal renewal, ThreadFactory threads) {
        this.renewable = new Renewable(deployment, renewal, threads);
        this.limits = deployment.limits();
        this.packageId = deployment.packageId();
        this.places = new Semaphore(deployment.limits().concurrency());
    }

    @Override
    public ChaincodeResult invoke(Invocation invocation, ChaincodeHost host) throws ChaincodeExecutionException {
        Running caller = Running.current();
        if (caller != null) {
            return run(invocation, host, caller, () -> {});
        }
        takePlace();
        return run(invocation, host, null, places::release);
    }

    private void takePlace() throws ChaincodeExecutionException {
        try {
            if (!places.tryAcquire(limits.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ChaincodeExecutionException("The chaincode " + packageId + " is busy: " + limits.concurrency()
                        + " invocations are running");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    // A chaincode that was called by another one takes no place, or those waiting could fill all places; and it has no
    // more time than its caller.
    private ChaincodeResult run(Invocation invocation, ChaincodeHost host, @Nullable Running caller, Runnable done)
            throws ChaincodeExecutionException {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Running running;
        try {
            running = renewable.execute(
                    deployment -> running(deployment, caller),
                    (deployment, begun) -> invokeHere(deployment, invocation, host, begun),
                    outcome,
                    done);
        } catch (ChaincodeExecutionException | RuntimeException e) {
            done.run();
            throw e;
        }
        Outcome ended = await(outcome, running, invocation);
        renewable.renewIfClassLost();
        return ended.resultOf(packageId);
    }

    private Running running(Deployment deployment, @Nullable Running caller) throws ChaincodeExecutionException {
        long own = System.nanoTime() + limits.timeout().toNanos();
        if (caller == null) {
            return deployment.running(limits, own, 0);
        }
        if (caller.depth() >= MAX_DEPTH) {
            throw new ChaincodeExecutionException("Chaincodes call each other more than " + MAX_DEPTH + " deep");
        }
        return deployment.running(limits, own - caller.deadline() > 0 ? caller.deadline() : own, caller.depth() + 1);
    }

    private static ChaincodeResult invokeHere(
            Deployment deployment, Invocation invocation, ChaincodeHost host, Running running) {
        GuardedHost guarded = new GuardedHost(host, running);
        try {
            ChaincodeResult result = deployment.contract().invoke(invocation, guarded);
            running.written(size(result));
            return result;
        } finally {
            guarded.closeResults();
        }
    }

    private static long size(ChaincodeResult result) {
        ChaincodeResult.Event event = result.event();
        return result.payload().length
                + (long) result.message().length()
                + (event == null
                        ? 0
                        : event.payload().length + (long) event.name().length());
    }

    private Outcome await(CompletableFuture<Outcome> outcome, Running running, Invocation invocation)
            throws ChaincodeExecutionException {
        try {
            long patience = running.deadline() - System.nanoTime() + STOP_GRACE_NANOS;
            Outcome ended = outcome.get(patience, TimeUnit.NANOSECONDS);
            if (ended.result() == null) {
                ChaincodeLog.LOG.ended(invocation.channelId(), invocation.txId(), packageId, ended.failure());
            }
            return ended;
        } catch (TimeoutException e) {
            ChaincodeLog.LOG.lost(invocation.channelId(), invocation.txId(), packageId);
            return Outcome.ended("it ran out of time and does not stop", null);
        } catch (InterruptedException e) {
            running.end("its caller was interrupted");
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new ChaincodeExecutionException("The runtime of " + packageId + " failed", e);
        }
    }

    private ChaincodeExecutionException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ChaincodeExecutionException("The caller of " + packageId + " was interrupted", e);
    }

    @Override
    public void close() {
        renewable.close();
        ChaincodeLog.LOG.undeployed(packageId);
    }
}
