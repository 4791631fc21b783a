package org.jangbu.msp.policy;

import java.util.Optional;
import java.util.function.IntFunction;

/** One signature by a principal of the policy, given by its number. */
record Leaf(int principal) implements Rule {
    @Override
    public boolean take(Attendance present, boolean[] used) {
        for (int i = 0; i < used.length; i++) {
            if (!used[i] && present.fits(i, principal)) {
                used[i] = true;
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<Words> missing(Attendance present, boolean[] used, IntFunction<String> names) {
        if (take(present, used)) {
            return Optional.empty();
        }
        for (int i = 0; i < used.length; i++) {
            if (present.fits(i, principal)) {
                return Optional.of(Words.of(
                        "one more signature by " + names.apply(principal) + " (those that came count elsewhere)"));
            }
        }
        return Optional.of(Words.of("a signature by " + names.apply(principal)));
    }

    @Override
    public void count(int[] mentions) {
        mentions[principal]++;
    }
}
