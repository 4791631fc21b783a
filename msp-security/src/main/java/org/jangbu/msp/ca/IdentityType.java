package org.jangbu.msp.ca;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jangbu.model.Quoted;

/** What an identity is: {@code client}, {@code peer}, {@code admin}, {@code orderer}, or any word; it becomes the first organisational unit. */
public record IdentityType(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    public IdentityType {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a type of identity: '" + Quoted.brief(value) + "'");
        }
    }

    static Optional<IdentityType> parse(String value) {
        return ALLOWED.matcher(value).matches() ? Optional.of(new IdentityType(value)) : Optional.empty();
    }

    /** Whether it may be a node. */
    boolean mayBeNode() {
        return value.equals("peer") || value.equals("orderer");
    }

    @Override
    public String toString() {
        return value;
    }
}
