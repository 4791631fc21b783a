package org.jangbu.msp.ca;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** What somebody who signed a call may have done, within one transaction. Each method refuses what is beyond the caller's rights. */
public final class CallerSession {
    private final CertificateAuthority.Departments departments;
    private final RegistryTables tables;
    private final TokenCheck.Caller caller;

    CallerSession(CertificateAuthority.Departments departments, RegistryTables tables, TokenCheck.Caller caller) {
        this.departments = departments;
        this.tables = tables;
        this.caller = caller;
    }

    /** Another certificate for the caller itself. */
    public X509Certificate reenroll(EnrollmentRequest request) throws CaException {
        return departments.enrollments().reenroll(tables, caller.identity(), request);
    }

    /** Adds somebody. */
    public Registered register(RegistrationRequest request) throws CaException {
        return departments.registrations().register(tables, caller.identity(), request);
    }

    /**
     * Somebody who was added.
     *
     * @param secret by which the identity enrols; told once and never again
     */
    public record Registered(RegisteredIdentity identity, String secret) {
        /** Never the secret. */
        @Override
        public String toString() {
            return identity.id().value();
        }
    }

    /** Changes what is said in the request, and leaves the rest. */
    public RegisteredIdentity modify(RegistrationRequest request) throws CaException {
        return departments.registrations().modify(tables, caller.identity(), request);
    }

    /** Removes somebody, whose certificates are revoked. */
    public RegisteredIdentity remove(String id, boolean force) throws CaException {
        RegisteredIdentity removed = departments.registrations().remove(tables, caller.identity(), id, force, now());
        departments.revocations().publish(tables);
        return removed;
    }

    public RegisteredIdentity identity(String id) throws CaException {
        return departments.registrations().find(tables, caller.identity(), id);
    }

    /** Whom the caller may see: at most {@link RegistryTables#MOST_ROWS}, and one more where there are others. */
    public List<RegisteredIdentity> identities() throws CaException {
        return departments.registrations().list(tables, caller.identity());
    }

    /** Revokes a certificate or an identity. */
    public Revoked revoke(RevocationRequest request) throws CaException {
        return departments.revocations().revoke(tables, caller, request);
    }

    /**
     * What was revoked.
     *
     * @param list PEM; empty unless one was asked for
     */
    public record Revoked(List<IssuedCertificate> certificates, String list) {}

    /** A revocation list as PEM. */
    public String revocationList(CertificateFilter filter) throws CaException {
        return departments.revocations().list(tables, caller.identity(), filter);
    }

    /** Certificates of those whom the caller may see: at most {@link RegistryTables#MOST_ROWS}, and one more where there are others. */
    public List<IssuedCertificate> certificates(CertificateFilter filter) throws CaException {
        new Rights(caller.identity()).requireSightOfCertificates();
        return tables.certificates(filter.within(caller.identity().affiliation()));
    }

    public Branch affiliations() throws CaException {
        return departments.affiliations().list(tables, caller.identity());
    }

    public Branch affiliation(String name) throws CaException {
        return departments.affiliations().get(tables, caller.identity(), name);
    }

    /**
     * Adds a place to the tree.
     *
     * @param force whether to add what is missing above it too
     */
    public Affiliation addAffiliation(String name, boolean force) throws CaException {
        return departments.affiliations().add(tables, caller.identity(), name, force);
    }

    /**
     * Gives a place, and with it what is below, another name.
     *
     * @param force whether those who have the affiliation move along
     */
    public Branch renameAffiliation(String name, String newName, boolean force) throws CaException {
        return departments.affiliations().rename(tables, caller.identity(), name, newName, force);
    }

    /**
     * Removes a place from the tree.
     *
     * @param force whether to remove what is below it, and those who have the affiliation, too
     */
    public Branch removeAffiliation(String name, boolean force) throws CaException {
        Branch removed = departments.affiliations().remove(tables, caller.identity(), name, force, now());
        departments.revocations().publish(tables);
        return removed;
    }

    /** A part of the tree of affiliations, and those whom a change of it touched. */
    public record Branch(List<Affiliation> affiliations, List<RegisteredIdentity> identities) {}

    private Instant now() {
        return departments.clock().instant();
    }
}
