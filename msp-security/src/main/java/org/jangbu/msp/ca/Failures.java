package org.jangbu.msp.ca;

import java.time.Duration;
import java.time.Instant;

/**
 * Wrong secrets that were tried one after the other. After ten the identity is refused, whatever is tried, for a quarter of an hour, or
 * until a registrar gives it a new secret.
 *
 * @param last when the last one was tried
 */
public record Failures(int count, Instant last) {
    /** As after a right one. */
    public static final Failures NONE = new Failures(0, Instant.EPOCH);

    static final int ALLOWED = 10;
    static final Duration PAUSE = Duration.ofMinutes(15);

    boolean tooMany(Instant now) {
        return count >= ALLOWED && now.isBefore(last.plus(PAUSE));
    }

    Failures andOne(Instant now) {
        boolean begunAnew = count >= ALLOWED && !tooMany(now);
        return new Failures(begunAnew ? 1 : count + 1, now);
    }
}
