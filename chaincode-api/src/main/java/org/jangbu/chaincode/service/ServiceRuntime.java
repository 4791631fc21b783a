package org.jangbu.chaincode.service;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jangbu.chaincode.spi.ChaincodeHost;
import org.jangbu.chaincode.spi.ChaincodeResult;
import org.jangbu.chaincode.spi.ChaincodeRuntime;
import org.jangbu.chaincode.spi.Invocation;
import org.jspecify.annotations.Nullable;

/** One package whose contract runs as a service. The caller's thread serves what the contract asks, as the state is its own; how many do so is bounded. */
final class ServiceRuntime implements ChaincodeRuntime {
    /** Until when the call of a service on this thread may last; a service that it calls has no more time. */
    private static final ThreadLocal<@Nullable Long> DEADLINE = new ThreadLocal<>();

    private final String packageId;
    private final ServiceLimits limits;
    private final ServiceLink link;
    private final Semaphore places;

    ServiceRuntime(String packageId, ServiceLimits limits, ServiceLink link) {
        this.packageId = packageId;
        this.limits = limits;
        this.link = link;
        this.places = new Semaphore(limits.concurrency());
    }

    @Override
    public ChaincodeResult invoke(Invocation invocation, ChaincodeHost host) throws ChaincodeExecutionException {
        long own = System.nanoTime() + limits.timeout().toNanos();
        Long callers = DEADLINE.get();
        try {
            return callers == null
                    ? inPlace(invocation, host, own)
                    : converse(invocation, host, own - callers > 0 ? callers : own);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaincodeExecutionException("The caller of " + packageId + " was interrupted", e);
        } finally {
            if (callers == null) {
                DEADLINE.remove();
            } else {
                DEADLINE.set(callers);
            }
        }
    }

    // A chaincode that was called by another one takes no place, or those waiting could fill all places.
    private ChaincodeResult inPlace(Invocation invocation, ChaincodeHost host, long deadline)
            throws ChaincodeExecutionException, InterruptedException {
        if (!places.tryAcquire(limits.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new ChaincodeExecutionException(
                    "The chaincode " + packageId + " is busy: " + limits.concurrency() + " invocations are running");
        }
        try {
            return converse(invocation, host, deadline);
        } finally {
            places.release();
        }
    }

    private ChaincodeResult converse(Invocation invocation, ChaincodeHost host, long deadline)
            throws ChaincodeExecutionException, InterruptedException {
        DEADLINE.set(deadline);
        ServiceStream stream = link.stream(deadline);
        TransactionKey key = TransactionKey.of(invocation);
        ServiceCall call = stream.begin(key);
        try (HostRequests requests = new HostRequests(host, limits)) {
            return new Conversation(stream, key, call, requests, deadline).run(invocation);
        } catch (ChaincodeExecutionException e) {
            ServiceLog.LOG.ended(invocation.channelId(), invocation.txId(), packageId, String.valueOf(e.getMessage()));
            throw e;
        } finally {
            stream.leave(key, call);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
