package org.jangbu.msp.ca;

import java.util.regex.Pattern;
import org.jangbu.model.Quoted;

/** The name of a certificate authority, for example {@code ca-org1}; clients call it {@code caname}. It names a folder. */
public record AuthorityName(String value) implements Comparable<AuthorityName> {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public AuthorityName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a name for a CA: '" + Quoted.brief(value) + "'");
        }
    }

    /** Whether the text may name one. */
    public static boolean isValid(String value) {
        return ALLOWED.matcher(value).matches();
    }

    @Override
    public int compareTo(AuthorityName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
