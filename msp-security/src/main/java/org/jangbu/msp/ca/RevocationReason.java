package org.jangbu.msp.ca;

import java.util.Locale;
import java.util.Optional;

/** Why a certificate was revoked, with the number of RFC 5280. */
public enum RevocationReason {
    UNSPECIFIED(0),
    KEYCOMPROMISE(1),
    CACOMPROMISE(2),
    AFFILIATIONCHANGED(3),
    SUPERSEDED(4),
    CESSATIONOFOPERATION(5),
    CERTIFICATEHOLD(6),
    REMOVEFROMCRL(8),
    PRIVILEGEWITHDRAWN(9),
    AACOMPROMISE(10);

    private final int number;

    RevocationReason(int number) {
        this.number = number;
    }

    /** The number that revocation lists carry. */
    public int number() {
        return number;
    }

    /** The reason of that number. */
    public static RevocationReason of(int number) {
        for (RevocationReason reason : values()) {
            if (reason.number == number) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no revocation reason has the number " + number);
    }

    /** The reason that a client names, in whatever case; unspecified for nothing. */
    static Optional<RevocationReason> parse(String name) {
        if (name.isEmpty()) {
            return Optional.of(UNSPECIFIED);
        }
        for (RevocationReason reason : values()) {
            if (reason.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
