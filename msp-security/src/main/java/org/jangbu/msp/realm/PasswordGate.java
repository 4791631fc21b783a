package org.jangbu.msp.realm;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
        return isRight(user, "", password, () -> {
            Optional<DerivedSecret> expected = known.get();
            return expected.isPresent() ? expected.get().isOf(password) : isNobodys(password);
        });
    }

    /**
     * The same for a password that somebody else knows.
     *
     * @param version what is remembered counts only as long as this is the same
     * @param check whether the password is right; asked only when that is not remembered, and by few at a time
     */
    boolean isRight(String user, String version, String password, BooleanSupplier check) {
        String tried = version + '\0' + password;
        if (verified.knows(user, tried)) {
            return true;
        }
        if (failures.tooMany(user)) {
            MspLog.LOG.tooManyFailures(user);
            return false;
        }
        return enter() && derive(user, tried, check);
    }

    /** False, after as much work as for somebody who is there. */
    static boolean isNobodys(String password) {
        boolean unused = NOBODY.isOf(password);
        return false;
    }

    private boolean derive(String user, String tried, BooleanSupplier check) {
        try {
            // Of many requests that came at once with the same password the first has done the work.
            if (verified.knows(user, tried)) {
                return true;
            }
            if (!check.getAsBoolean()) {
                failures.add(user);
                return false;
            }
            failures.forget(user);
            verified.add(user, tried);
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
