package org.jangbu.peer.reconcile;

import java.time.Duration;

/**
 * How missing private data are asked for.
 *
 * @param interval from the end of one round to the next, and from a first failure to the next attempt
 * @param longestWait the longest time between two attempts for the same set
 * @param batch most sets asked for at once
 */
public record ReconcileSettings(Duration interval, Duration longestWait, int batch) {
    /** Fabric's minute and its hour for what nobody has. */
    public static final ReconcileSettings DEFAULT =
            new ReconcileSettings(Duration.ofMinutes(1), Duration.ofHours(1), 50);
}
