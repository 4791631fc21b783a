package org.jangbu.msp.ca;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jangbu.msp.realm.EnrollmentId;

/** The registry of one authority within one transaction. */
public interface RegistryTables {
    /** Longest list that is given out. */
    int MOST_ROWS = 10_000;

    Optional<RegisteredIdentity> identity(EnrollmentId id);

    /** The same, and nobody else changes it until the transaction ends. */
    Optional<RegisteredIdentity> lock(EnrollmentId id);

    /** Whom there is at or below an affiliation, by id; at most {@link #MOST_ROWS} and one. */
    List<RegisteredIdentity> identities(Affiliation within);

    boolean hasIdentities();

    /** Says whether it was added: neither the id nor the node that its attributes name may be taken. */
    boolean insert(RegisteredIdentity identity);

    /** Says whether it was changed: the node that its attributes name may not be taken. */
    boolean update(RegisteredIdentity identity);

    void delete(EnrollmentId id);

    /** All affiliations at or below one, in order. */
    List<Affiliation> affiliations(Affiliation within);

    boolean has(Affiliation affiliation);

    /** Adds it unless it is there. */
    void insert(Affiliation affiliation);

    /** Adds it and what is missing above it; nothing for the root. */
    default void insertWithParents(Affiliation affiliation) {
        for (Affiliation next = affiliation; !next.isRoot(); next = next.parent()) {
            insert(next);
        }
    }

    void delete(Affiliation affiliation);

    void insert(IssuedCertificate certificate);

    /** Both spelled as {@link IssuedCertificate} does. */
    Optional<IssuedCertificate> certificate(String serial, String authorityKey);

    /** Certificates, oldest expiry first; at most {@link #MOST_ROWS} and one. */
    List<IssuedCertificate> certificates(CertificateFilter filter);

    /** All that are revoked and match, however many. */
    List<IssuedCertificate> revoked(CertificateFilter filter);

    /** Revokes one certificate, unless it is revoked already. */
    void revoke(IssuedCertificate certificate, IssuedCertificate.Revocation revocation);

    /** The number of the next revocation list: larger than any before. Until the transaction ends, nobody else gets one. */
    long nextListNumber(Instant now);

    /** Has a list of all that is revoked count at the doors of all servers of this database. */
    void publish(long number, String list);
}
