package org.jangbu.msp.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** So many of these parts. */
record Gate(int n, List<Rule> parts) implements Rule {
    Gate {
        parts = List.copyOf(parts);
    }

    @Override
    public boolean take(Attendance present, boolean[] used) {
        boolean[] before = used.clone();
        int satisfied = 0;
        for (Rule part : parts) {
            if (part.take(present, used)) {
                satisfied++;
            }
        }
        if (satisfied >= n) {
            return true;
        }
        System.arraycopy(before, 0, used, 0, used.length);
        return false;
    }

    @Override
    public Optional<Words> missing(Attendance present, boolean[] used, IntFunction<String> names) {
        boolean[] before = used.clone();
        List<Words> lacking = new ArrayList<>();
        for (Rule part : parts) {
            part.missing(present, used, names).ifPresent(lacking::add);
        }
        int satisfied = parts.size() - lacking.size();
        if (satisfied >= n) {
            return Optional.empty();
        }
        System.arraycopy(before, 0, used, 0, used.length);
        return Optional.of(Words.some(n - satisfied, lacking));
    }

    @Override
    public void count(int[] mentions) {
        parts.forEach(part -> part.count(mentions));
    }
}
