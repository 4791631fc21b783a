package org.jangbu.chaincode.service;

import java.time.Duration;

/**
 * What one invocation of a service may use before it is ended, and how many may run at once.
 *
 * @param timeout how long an invocation may take, the wait for a connection included; Fabric's own limit is 30 s
 * @param writtenBytes how many bytes of keys, values, event and answer it may hand to the peer; no single message may be much larger
 * @param concurrency how many invocations of one package run at once; more of them wait, at most for the timeout
 */
public record ServiceLimits(Duration timeout, long writtenBytes, int concurrency) {
    /** As for contracts inside the server: 30 s; 10 MiB; 32 at once. */
    public static final ServiceLimits DEFAULT = new ServiceLimits(Duration.ofSeconds(30), 10L << 20, 32);

    /** What a message holds beside the bytes that count. */
    private static final long ENVELOPE = 64L << 10;

    /** A message of more bytes than this, and than twice what is allowed, is not even read: it ends the stream. */
    private static final long UNREADABLE = 64L << 20;

    public ServiceLimits {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("The timeout must be positive: " + timeout);
        }
        if (writtenBytes <= 0 || concurrency <= 0) {
            throw new IllegalArgumentException(
                    "Limits must be positive: " + writtenBytes + " bytes written, " + concurrency + " at once");
        }
    }

    /** The largest message that does not end its invocation. */
    long messageBytes() {
        return writtenBytes + ENVELOPE;
    }

    /** The largest message that does not end its stream. */
    int readableBytes() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(UNREADABLE, 2 * messageBytes()));
    }
}
