package org.jangbu.msp.ca;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jangbu.model.Quoted;

/**
 * A place in an organisation's tree, for example {@code org1.department1}; the root is the empty text. Its elements become organisational
 * units of certificates, so none may be a word by which an MSP tells a role, nor {@code node:…}, by which it tells a node.
 */
public record Affiliation(String value) implements Comparable<Affiliation> {
    private static final int DEEPEST = 8;
    private static final Pattern ALLOWED =
            Pattern.compile("|[A-Za-z0-9_-]{1,64}(\\.[A-Za-z0-9_-]{1,64}){0," + (DEEPEST - 1) + "}");
    private static final Set<String> RESERVED = Set.of("client", "peer", "admin", "orderer");

    /** Above all others. */
    public static final Affiliation ROOT = new Affiliation("");

    public Affiliation {
        if (!ALLOWED.matcher(value).matches() || split(value).stream().anyMatch(Affiliation::isReserved)) {
            throw new IllegalArgumentException("not an affiliation: '" + Quoted.brief(value) + "'");
        }
    }

    /** The affiliation of that spelling, if there can be one. */
    static Optional<Affiliation> parse(String value) {
        try {
            return Optional.of(new Affiliation(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isReserved(String element) {
        return RESERVED.contains(element.toLowerCase(Locale.ROOT));
    }

    private static List<String> split(String value) {
        return value.isEmpty() ? List.of() : List.of(value.split("\\.", -1));
    }

    /** The names on the way down from the root. */
    public List<String> elements() {
        return split(value);
    }

    public boolean isRoot() {
        return value.isEmpty();
    }

    /** Whether the other is this one or below it. */
    public boolean contains(Affiliation other) {
        return isRoot() || other.value.equals(value) || other.value.startsWith(value + ".");
    }

    /** The one above; of a top one the root. */
    public Affiliation parent() {
        int dot = value.lastIndexOf('.');
        return dot < 0 ? ROOT : new Affiliation(value.substring(0, dot));
    }

    /** What becomes of this one when the one above it, or itself, gets another name. */
    Affiliation moved(Affiliation from, Affiliation to) {
        return new Affiliation(to.value + value.substring(from.value.length()));
    }

    @Override
    public int compareTo(Affiliation other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
