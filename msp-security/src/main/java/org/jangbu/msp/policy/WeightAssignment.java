package org.jangbu.msp.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The assignment of signers to principals that carries most weight. Principals are given signers in the order of their weight, those given
 * one before being moved to another signer where that makes room: since it is the principals that carry the weights, this order finds the
 * maximum (the sets of principals that can be served together are a matroid).
 */
final class WeightAssignment {
    private static final int NOBODY = -1;

    private final List<WeightClause.Part> parts;
    private final Attendance present;
    /** By signer: the part it stands for. */
    private final int[] standsFor;

    private final List<WeightClause.Part> open = new ArrayList<>();
    private int reached;

    /** Assigns until the threshold is reached or nothing more can be had. */
    WeightAssignment(WeightClause clause, Attendance present) {
        this.parts = clause.parts();
        this.present = present;
        this.standsFor = new int[present.size()];
        Arrays.fill(standsFor, NOBODY);
        for (int part = 0; part < parts.size() && reached < clause.threshold(); part++) {
            if (serve(part, new boolean[standsFor.length])) {
                reached += parts.get(part).weight();
            } else {
                open.add(parts.get(part));
            }
        }
    }

    /** The weight found: the maximum, or, where that is more, at least the threshold. */
    int reached() {
        return reached;
    }

    /** The principals that nobody stands for; all of them if the threshold is not reached. */
    List<WeightClause.Part> open() {
        return open;
    }

    /** The depth is bounded by the number of parts, since only a signer who stands for one leads further. */
    private boolean serve(int part, boolean[] tried) {
        for (int signer = 0; signer < standsFor.length; signer++) {
            if (tried[signer] || !present.fits(signer, parts.get(part).principal())) {
                continue;
            }
            tried[signer] = true;
            if (standsFor[signer] == NOBODY || serve(standsFor[signer], tried)) {
                standsFor[signer] = part;
                return true;
            }
        }
        return false;
    }
}
