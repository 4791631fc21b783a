package org.jangbu.msp.policy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a policy lacks, said for people. Always short: long lists are cut, and say so.
 *
 * @param joined whether it holds several things, and so needs parentheses within others
 */
record Words(String text, boolean joined) {
    private static final int LONGEST = 600;
    private static final int MOST = 8;

    static Words of(String text) {
        return new Words(brief(text), false);
    }

    /** So many of what is missing. */
    static Words some(int count, List<Words> missing) {
        if (count > missing.size()) {
            return of("more than this policy has parts, so that nobody can satisfy it");
        }
        if (missing.size() == 1) {
            return missing.get(0);
        }
        if (count == missing.size()) {
            return new Words(brief(list(missing, " and ")), true);
        }
        String any = list(missing, " or ");
        return new Words(brief(count == 1 ? any : count + " of these: " + list(missing, ", ")), true);
    }

    private static String list(List<Words> missing, String between) {
        String head = missing.stream()
                .limit(MOST)
                .map(words -> words.joined() ? "(" + words.text() + ")" : words.text())
                .collect(Collectors.joining(between));
        int others = missing.size() - MOST;
        return others > 0 ? head + between + others + " others" : head;
    }

    private static String brief(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    @Override
    public String toString() {
        return text;
    }
}
