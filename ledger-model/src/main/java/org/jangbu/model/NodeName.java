package org.jangbu.model;

import java.util.regex.Pattern;

/** The host name of a node, for example {@code peer0.org1.example.com} (RFC 1123 labels, lower case, at most 253 characters). */
public record NodeName(String value) implements Comparable<NodeName> {
    private static final Pattern ALLOWED =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    public NodeName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a node name: '" + Quoted.brief(value) + "'");
        }
    }

    /** Whether a text can be a node's name. */
    public static boolean isValid(String value) {
        return ALLOWED.matcher(value).matches();
    }

    @Override
    public int compareTo(NodeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
