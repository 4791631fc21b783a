package org.jangbu.chaincode.java;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeResult;

/**
 * The present deployment of a package, and its replacement when a class of it is lost: a class whose initialiser was ended, or ran out of stack, is never
 * usable again in its class loader. Invocations that run in the old one end there.
 */
final class Renewable implements AutoCloseable {
    /** A class whose initialiser always fails must not keep the server loading. */
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Renewal renewal;
    private final ThreadFactory threads;
    private volatile Deployment deployment;
    private boolean renewing;
    private boolean renewedBefore;
    private long lastRenewal;
    private boolean closed;

    Renewable(Deployment deployment, Renewal renewal, ThreadFactory threads) {
        this.deployment = deployment;
        this.renewal = renewal;
        this.threads = threads;
    }

    /** Makes the record of an invocation in a deployment. */
    interface Beginning {
        Running of(Deployment deployment) throws ChaincodeExecutionException;
    }

    /** Runs an invocation in a deployment. */
    interface Work {
        ChaincodeResult in(Deployment deployment, Running running);
    }

    /** Starts work in the present deployment; if that one is replaced at this very moment, in the next. */
    Running execute(Beginning beginning, Work work, CompletableFuture<Outcome> outcome, Runnable done)
            throws ChaincodeExecutionException {
        while (true) {
            Deployment present = deployment;
            Running running = beginning.of(present);
            try {
                present.execute(running, () -> work.in(present, running), outcome, done);
                return running;
            } catch (ChaincodeExecutionException e) {
                if (present == deployment) {
                    throw e;
                }
            }
        }
    }

    void renewIfClassLost() {
        if (deployment.classLost() && mayRenew()) {
            threads.newThread(this::renew).start();
        }
    }

    private synchronized boolean mayRenew() {
        long now = System.nanoTime();
        if (closed || renewing || (renewedBefore && now - lastRenewal < INTERVAL_NANOS)) {
            return false;
        }
        renewing = true;
        renewedBefore = true;
        lastRenewal = now;
        return true;
    }

    private void renew() {
        Deployment old = deployment;
        ChaincodeLog.LOG.renewing(old.packageId());
        try {
            Deployment next = renewal.load();
            if (replace(next)) {
                old.retire();
            } else {
                next.close();
            }
        } catch (ChaincodeDeployException e) {
            ChaincodeLog.LOG.notRenewed(old.packageId(), e);
        } finally {
            finish();
        }
    }

    private synchronized boolean replace(Deployment next) {
        if (!closed) {
            deployment = next;
        }
        return !closed;
    }

    private synchronized void finish() {
        renewing = false;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        deployment.close();
    }
}
