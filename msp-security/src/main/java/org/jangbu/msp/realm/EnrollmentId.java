package org.jangbu.msp.realm;

import java.util.regex.Pattern;

/** The name under which a user is enrolled, for example {@code User1@org1.example.com}; it names a folder, so its characters are few. */
public record EnrollmentId(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@._-]{0,127}");

    public EnrollmentId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not an enrolment id: letters, digits and @ . _ - only");
        }
    }

    /** Whether the text may name a user. */
    public static boolean isValid(String value) {
        return ALLOWED.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
