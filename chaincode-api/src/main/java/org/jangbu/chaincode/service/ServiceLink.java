package org.jangbu.chaincode.service;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jangbu.chaincode.packaging.ServiceEndpoint;
import org.jangbu.chaincode.spi.ChaincodeExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The way to one service: connected at the first call, and again at the first call after a loss. A call that comes while a connection is made waits for
 * it; after a failure nobody dials before a pause is over, which grows from 0.2 to 5 s, and calls are refused at once meanwhile. So a service that is away
 * holds up no threads.
 */
final class ServiceLink {
    private static final long FIRST_PAUSE = Duration.ofMillis(200).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(5).toNanos();
    private static final long CLOSE_SECONDS = 5;

    private final String packageId;
    private final ServiceEndpoint endpoint;
    private final ServiceLimits limits;
    private final ServiceDialler dialler;

    private @Nullable ServiceStream current;
    private long pause;
    private long notBefore;
    private int attempts;
    private boolean closed;

    ServiceLink(String packageId, ServiceEndpoint endpoint, ServiceLimits limits, ServiceDialler dialler) {
        this.packageId = packageId;
        this.endpoint = endpoint;
        this.limits = limits;
        this.dialler = dialler;
    }

    /**
     * The stream to the service, ready for transactions.
     *
     * @param deadline as of {@link System#nanoTime}
     */
    ServiceStream stream(long deadline) throws ChaincodeExecutionException, InterruptedException {
        ServiceStream stream = currentOrNew();
        try {
            long patience = Math.max(0, deadline - System.nanoTime());
            return stream.ready().get(patience, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw unavailable(e.getCause() == null ? "" : ": " + e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw unavailable("");
        }
    }

    private ServiceStream currentOrNew() throws ChaincodeExecutionException {
        ServiceStream fresh;
        int attempt;
        synchronized (this) {
            if (closed) {
                throw new ChaincodeExecutionException("the chaincode " + packageId + " is not deployed any more");
            }
            ServiceStream open = current;
            if (open != null) {
                return open;
            }
            if (pause > 0 && System.nanoTime() - notBefore < 0) {
                throw unavailable("");
            }
            fresh = new ServiceStream(packageId, limits, this::ended);
            current = fresh;
            attempt = attempts++;
        }
        long begin = System.nanoTime();
        var unused = fresh.ready().thenRun(() -> connected((System.nanoTime() - begin) / 1_000_000));
        dialler.dial(fresh, endpoint, limits, attempt);
        return fresh;
    }

    private void connected(long millis) {
        ServiceLog.LOG.connected(packageId, endpoint.address().toString(), millis);
    }

    // A service that was of use is dialled again at once; one that never was may not want us at all.
    private void ended(ServiceStream stream, String reason) {
        synchronized (this) {
            if (stream != current) {
                return;
            }
            current = null;
            pause = stream.wasUseful() ? 0 : Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, 2 * pause));
            notBefore = System.nanoTime() + pause;
            if (closed) {
                return;
            }
        }
        if (stream.ready().isDone()) {
            ServiceLog.LOG.lost(packageId, endpoint.address().toString(), reason);
        } else {
            ServiceLog.LOG.notConnected(packageId, endpoint.address().toString(), reason);
        }
    }

    /** Where the service is and what is wrong with it stands in the log; callers are strangers. */
    private ChaincodeExecutionException unavailable(String detail) {
        return new ChaincodeExecutionException(
                "the service of chaincode package " + packageId + " cannot be reached now" + detail);
    }

    void close() {
        ServiceStream open;
        synchronized (this) {
            closed = true;
            open = current;
        }
        if (open != null) {
            open.end("the chaincode was undeployed", "undeployed");
            try {
                open.awaitEnd(CLOSE_SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
