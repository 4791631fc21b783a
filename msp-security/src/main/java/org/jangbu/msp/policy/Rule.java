package org.jangbu.msp.policy;

import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A part of a signature policy, evaluated as Fabric does, greedily: a leaf takes the first signer that is still free and satisfies its
 * principal; a gate asks all its parts in order, also when enough have succeeded, so that a later part may use up a signer without need; a
 * part that fails gives back what it took. It finds no cleverer assignment, and must not: every committer has to come to the same verdict.
 * (A {@link WeightClause} finds the best one, but takes nobody.)
 */
interface Rule {
    /**
     * Whether the signers satisfy this part.
     *
     * @param used which signers are taken; after a failure as it was before
     */
    boolean take(Attendance present, boolean[] used);

    /**
     * The same, with what is missing in words; empty if nothing is.
     *
     * @param names what to call a principal
     */
    Optional<Words> missing(Attendance present, boolean[] used, IntFunction<String> names);

    /** Adds, by principal, how often this part mentions it. */
    void count(int[] mentions);
}
