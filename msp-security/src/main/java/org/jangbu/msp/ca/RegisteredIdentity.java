package org.jangbu.msp.ca;

import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;

/**
 * Somebody in the registry.
 *
 * @param maxEnrollments how often the secret may be used; -1 without limit, 0 never
 * @param enrollments how often it has been used
 * @param revoked whether it may never enrol again
 */
public record RegisteredIdentity(
        EnrollmentId id,
        IdentityType type,
        Affiliation affiliation,
        Attributes attributes,
        DerivedSecret secret,
        int maxEnrollments,
        int enrollments,
        boolean revoked,
        Failures failures) {

    /** One who has not enrolled yet. */
    static RegisteredIdentity fresh(
            EnrollmentId id,
            IdentityType type,
            Affiliation affiliation,
            Attributes attributes,
            DerivedSecret secret,
            int maxEnrollments) {
        return new RegisteredIdentity(
                id, type, affiliation, attributes, secret, maxEnrollments, 0, false, Failures.NONE);
    }

    boolean mayEnrollAgain() {
        return maxEnrollments < 0 || enrollments < maxEnrollments;
    }

    RegisteredIdentity enrolled() {
        return new RegisteredIdentity(
                id, type, affiliation, attributes, secret, maxEnrollments, enrollments + 1, revoked, Failures.NONE);
    }

    RegisteredIdentity with(Failures newFailures) {
        return new RegisteredIdentity(
                id, type, affiliation, attributes, secret, maxEnrollments, enrollments, revoked, newFailures);
    }

    RegisteredIdentity revokedForEver() {
        return new RegisteredIdentity(
                id, type, affiliation, attributes, secret, maxEnrollments, enrollments, true, failures);
    }

    RegisteredIdentity with(IdentityType newType, Affiliation newAffiliation, Attributes newAttributes) {
        return new RegisteredIdentity(
                id, newType, newAffiliation, newAttributes, secret, maxEnrollments, enrollments, revoked, failures);
    }

    /** A new secret ends what wrong ones began. */
    RegisteredIdentity with(DerivedSecret newSecret) {
        return new RegisteredIdentity(
                id, type, affiliation, attributes, newSecret, maxEnrollments, enrollments, revoked, Failures.NONE);
    }

    RegisteredIdentity withMaxEnrollments(int newMaxEnrollments) {
        return new RegisteredIdentity(
                id, type, affiliation, attributes, secret, newMaxEnrollments, enrollments, revoked, failures);
    }
}
