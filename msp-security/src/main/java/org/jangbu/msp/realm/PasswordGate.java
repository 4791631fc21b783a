package org.jangbu.msp.realm;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jangbu.msp.log.MspLog;

/** Decides whether a password is right, with bounded work whoever asks and however often. */
final class PasswordGate {
    /** Derivations at a time and how long others wait: strangers must not take all cores. */
    private static final int DERIVATIONS = 2;

    private static final int WAIT_SECONDS = 5;
    /** Compared with for users that do not exist, so that the time taken does not tell. */
    private static final DerivedSecret NOBODY = DerivedSecret.of("nobody");

    private final VerifiedSecrets verified;
    private final SignInFailures failures;
    private final Semaphore derivations = new Semaphore(DERIVATIONS, true);

    PasswordGate(Clock clock) {
        this.verified = new VerifiedSecrets(clock);
        this.failures = new SignInFailures(clock);
    }

    /** @param known what the user's password must give; asked for only when it has to be derived; empty if there is no such user */
    boolean isRight(String user, String password, Supplier<Optional<DerivedSecret>> known) {
        if (verified.knows(user, password)) {
            return true;
        }
        if (failures.tooMany(user)) {
            MspLog.LOG.tooManyFailures(user);
            return false;
        }
        return enter() && derive(user, password, known);
    }

    private boolean derive(String user, String password, Supplier<Optional<DerivedSecret>> known) {
        try {
            // Of many requests that came at once with the same password the first has done the work.
            if (verified.knows(user, password)) {
                return true;
            }
            Optional<DerivedSecret> expected = known.get();
            boolean same = expected.orElse(NOBODY).isOf(password);
            if (!same || expected.isEmpty()) {
                failures.add(user);
                return false;
            }
            failures.forget(user);
            verified.add(user, password);
            return true;
        } finally {
            derivations.release();
        }
    }

    private boolean enter() {
        try {
            return derivations.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void forget(String user) {
        verified.forget(user);
    }
}
