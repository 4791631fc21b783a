package org.jangbu.msp.realm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jangbu.msp.identity.RecentlyUsed;

/**
 * Counts wrong passwords per name. After five within a minute the name is refused, unlooked at, for the rest of that minute. Names that
 * nobody has count too, so that the answer does not tell which exist.
 */
final class SignInFailures {
    private static final int ALLOWED = 5;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final RecentlyUsed<String, Count> counts = new RecentlyUsed<>(4096);
    private final Clock clock;

    SignInFailures(Clock clock) {
        this.clock = clock;
    }

    boolean tooMany(String user) {
        Count count = counts.get(user);
        return count != null && count.failuresAt(clock.instant()) >= ALLOWED;
    }

    void add(String user) {
        counts.put(user, new Count()).add(clock.instant());
    }

    void forget(String user) {
        counts.remove(user);
    }

    private static final class Count {
        private Instant since = Instant.MIN;
        private int failures;

        synchronized int failuresAt(Instant now) {
            return since.isAfter(now.minus(WINDOW)) ? failures : 0;
        }

        synchronized void add(Instant now) {
            if (failuresAt(now) == 0) {
                since = now;
                failures = 0;
            }
            failures++;
        }
    }
}
