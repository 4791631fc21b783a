package org.jangbu.msp.renewal;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What has been tried for one certificate: nothing is tried before its time. Read by other threads. */
final class Attempts {
    private final String holder;
    private final RenewalRule rule;
    private final RandomGenerator random;
    private volatile State state = new State(0, Instant.MIN, "");

    Attempts(String holder, RenewalRule rule, RandomGenerator random) {
        this.holder = holder;
        this.rule = rule;
        this.random = random;
    }

    /**
     * How it stands.
     *
     * @param failures in a row
     * @param next not before this time
     * @param reason of the last failure
     */
    record State(int failures, Instant next, String reason) {}

    boolean areDue(X509Certificate certificate, Instant now) {
        return !now.isBefore(state.next()) && !now.isBefore(rule.due(holder, certificate));
    }

    /** Notes a failure; the state then says when to try again. */
    State failed(X509Certificate certificate, String reason, Instant now) {
        int failures = state.failures() + 1;
        Instant next = rule.retry(now, failures, certificate.getNotAfter().toInstant(), random.nextDouble());
        state = new State(failures, next, reason);
        return state;
    }

    /** Notes a success. Whatever the authority's certificates say, the next attempt is not at once. */
    void succeeded(Instant now) {
        state = new State(0, now.plus(rule.firstRetry()), "");
    }

    /** The last failure, if the last attempt was one. */
    Optional<State> failure() {
        State now = state;
        return now.failures() > 0 ? Optional.of(now) : Optional.empty();
    }
}
