package org.jangbu.msp.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Searches the minimal ways to satisfy something. Signers that are alike to the policy make one kind, and a way is a number for each kind:
 * forty peers of four organisations are four kinds and not a million million sets. The smallest are tried first, so that each way found is
 * minimal if it holds none found before.
 */
final class SetSearch {
    /** More kinds than this are not searched. */
    private static final int MOST_KINDS = 500;
    /** After so many ways the search ends. */
    private static final int MOST_WAYS = 1_000;

    private final int[] available;
    /** By kind: how many signers of this and all later kinds there are. */
    private final int[] fromHere;

    private final Predicate<int[]> satisfied;
    private final List<int[]> ways = new ArrayList<>();
    private int triesLeft;
    private boolean complete = true;

    /**
     * Prepares a search.
     *
     * @param available by kind: how many signers there are
     * @param satisfied asked with a number for each kind
     * @param tries how many ways may be looked at
     */
    SetSearch(int[] available, Predicate<int[]> satisfied, int tries) {
        this.available = available.clone();
        this.satisfied = satisfied;
        this.triesLeft = tries;
        this.fromHere = new int[available.length + 1];
        for (int kind = available.length - 1; kind >= 0; kind--) {
            fromHere[kind] = fromHere[kind + 1] + available[kind];
        }
    }

    /**
     * Searches.
     *
     * @param smallestOnly whether to end with the first size that has any
     */
    List<int[]> run(boolean smallestOnly) {
        complete = available.length <= MOST_KINDS;
        for (int size = 0; size <= fromHere[0] && complete; size++) {
            fill(new int[available.length], 0, size);
            if (smallestOnly && !ways.isEmpty()) {
                break;
            }
        }
        return ways;
    }

    /** Whether all there was to try has been tried. */
    boolean complete() {
        return complete;
    }

    private void fill(int[] counts, int kind, int left) {
        if (left == 0) {
            test(counts);
            return;
        }
        if (left > fromHere[kind]) {
            return;
        }
        for (int count = Math.min(left, available[kind]); count >= 0 && complete; count--) {
            counts[kind] = count;
            fill(counts, kind + 1, left - count);
        }
        counts[kind] = 0;
    }

    private void test(int[] counts) {
        if (triesLeft-- <= 0 || ways.size() >= MOST_WAYS) {
            complete = false;
        } else if (ways.stream().noneMatch(way -> within(way, counts)) && satisfied.test(counts)) {
            ways.add(counts.clone());
        }
    }

    private static boolean within(int[] way, int[] counts) {
        for (int kind = 0; kind < way.length; kind++) {
            if (way[kind] > counts[kind]) {
                return false;
            }
        }
        return true;
    }
}
