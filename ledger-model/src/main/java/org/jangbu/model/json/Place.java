package org.jangbu.model.json;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jangbu.model.Quoted;

/** Where in a message the translation stands, to be named when it fails. */
final class Place {
    private static final int LONGEST = 400;

    private final String type;
    private final Deque<String> steps = new ArrayDeque<>();

    Place(String type) {
        this.type = type;
    }

    void enter(String step) {
        steps.addLast(step);
    }

    void leave() {
        steps.removeLast();
    }

    int depth() {
        return steps.size();
    }

    void backTo(int depth) {
        while (steps.size() > depth) {
            steps.removeLast();
        }
    }

    static String element(int index) {
        return "[" + index + "]";
    }

    static String entry(String key) {
        return "[" + Quoted.brief(key) + "]";
    }

    TranslationException refused(String why) {
        return new TranslationException(why + ", at " + this);
    }

    @Override
    public String toString() {
        StringBuilder path = new StringBuilder(type);
        for (Iterator<String> step = steps.iterator(); step.hasNext() && path.length() < LONGEST; ) {
            String next = step.next();
            path.append(next.startsWith("[") ? "" : ".").append(next);
        }
        return path.toString();
    }
}
