package org.jangbu.chaincode.java;

import java.time.Duration;

/**
 * What one invocation of a contract may use before it is ended, and how many may run at once.
 *
 * @param timeout how long an invocation may take, from its start on a thread; Fabric's own limit is 30 s
 * @param allocatedBytes how many bytes it may allocate in all, kept or not; a measure of effort, and a bound on hoarding
 * @param writtenBytes how many bytes of keys, values, event and answer it may hand to the peer
 * @param concurrency how many invocations of one deployed package run at once; more of them wait, at most for the timeout
 */
public record Limits(Duration timeout, long allocatedBytes, long writtenBytes, int concurrency) {
    /** 30 s; 512 MiB allocated; 10 MiB written, the largest envelope that Fabric's default configuration orders; 32 at once. */
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(30), 512L << 20, 10L << 20, 32);

    public Limits {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("The timeout must be positive: " + timeout);
        }
        if (allocatedBytes <= 0 || writtenBytes <= 0 || concurrency <= 0) {
            throw new IllegalArgumentException("Limits must be positive: " + allocatedBytes + " bytes allocated, "
                    + writtenBytes + " bytes written, " + concurrency + " at once");
        }
    }
}
