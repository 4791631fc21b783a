package org.jangbu.msp.realm;

import java.util.Optional;
import org.jangbu.model.MspId;

/**
 * What a managed identity is called: an enrolment id alone, {@code User1@org1.example.com}, if the operator put it into keeping; with its
 * MSP before it, {@code Org1MSP/alice}, if an authority of that organisation vouches for it. The slash is in no MSP id and no enrolment
 * id, and other than a colon it may stand in the name of HTTP Basic (RFC 7617).
 *
 * @param mspId empty for an identity with a password of its own
 */
public record ManagedName(Optional<MspId> mspId, EnrollmentId id) {
    private static final char SEPARATOR = '/';
    /** In the name of a folder: in no MSP id, in no enrolment id, and not at the beginning. */
    private static final char FOLDER_SEPARATOR = '+';
    /** The longest name of a folder that file systems have. */
    private static final int LONGEST = 255;

    static ManagedName own(EnrollmentId id) {
        return new ManagedName(Optional.empty(), id);
    }

    static ManagedName of(MspId mspId, EnrollmentId id) {
        return new ManagedName(Optional.of(mspId), id);
    }

    /** Reads what a caller says it is; empty if nobody can be called so. */
    public static Optional<ManagedName> parse(String text) {
        int slash = text.indexOf(SEPARATOR);
        String id = text.substring(slash + 1);
        if (text.length() > LONGEST || !EnrollmentId.isValid(id)) {
            return Optional.empty();
        }
        if (slash < 0) {
            return Optional.of(own(new EnrollmentId(id)));
        }
        String mspId = text.substring(0, slash);
        return MspId.isValid(mspId) ? Optional.of(of(new MspId(mspId), new EnrollmentId(id))) : Optional.empty();
    }

    String folder() {
        return mspId.map(msp -> msp.value() + FOLDER_SEPARATOR).orElse("") + id;
    }

    @Override
    public String toString() {
        return mspId.map(msp -> msp.value() + SEPARATOR).orElse("") + id;
    }
}
