package org.jangbu.msp.ca;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jangbu.msp.realm.DerivedSecret;

/**
 * Compares secrets, with bounded work whoever asks and however often, and with no database connection in hand: a comparison is made to be
 * slow.
 */
final class SecretCheck {
    private static final int AT_A_TIME = 2;
    private static final int WAITING = 16;
    private static final int WAIT_SECONDS = 5;
    /** Longer ones are no secrets. */
    static final int LONGEST = 1024;
    /** Compared with for names that nobody has, so that the time taken does not tell. */
    private static final DerivedSecret NOBODY = DerivedSecret.of("nobody");

    private final Semaphore turns = new Semaphore(AT_A_TIME, true);

    /** @param known empty if there is nobody of that name */
    boolean isRight(Optional<DerivedSecret> known, String secret) throws CaException {
        if (turns.getQueueLength() >= WAITING || !enter()) {
            throw CaException.of(503, CaError.UNKNOWN, "too many are enrolling at once; try again");
        }
        try {
            boolean same = known.orElse(NOBODY).isOf(secret);
            return same && known.isPresent();
        } finally {
            turns.release();
        }
    }

    private boolean enter() {
        try {
            return turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
