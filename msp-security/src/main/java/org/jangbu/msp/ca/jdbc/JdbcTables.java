package org.jangbu.msp.ca.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jangbu.msp.ca.Affiliation;
import org.jangbu.msp.ca.AuthorityName;
import org.jangbu.msp.ca.CertificateFilter;
import org.jangbu.msp.ca.IssuedCertificate;
import org.jangbu.msp.ca.RegisteredIdentity;
import org.jangbu.msp.ca.RegistryException;
import org.jangbu.msp.ca.RegistryTables;
import org.jangbu.msp.realm.EnrollmentId;

/** The three kinds of rows behind one door, within the transaction of one connection. */
final class JdbcTables implements RegistryTables {
    private final IdentityRows identities;
    private final AffiliationRows affiliations;
    private final CertificateRows certificates;

    JdbcTables(Connection connection, AuthorityName authority) {
        this.identities = new IdentityRows(connection, authority);
        this.affiliations = new AffiliationRows(connection, authority);
        this.certificates = new CertificateRows(connection, authority);
    }

    @Override
    public Optional<RegisteredIdentity> identity(EnrollmentId id) {
        return ask(() -> identities.find(id, false));
    }

    @Override
    public Optional<RegisteredIdentity> lock(EnrollmentId id) {
        return ask(() -> identities.find(id, true));
    }

    @Override
    public List<RegisteredIdentity> identities(Affiliation within) {
        return ask(() -> identities.within(within));
    }

    @Override
    public boolean hasIdentities() {
        return ask(identities::any);
    }

    @Override
    public boolean insert(RegisteredIdentity identity) {
        return ask(() -> identities.insert(identity));
    }

    @Override
    public boolean update(RegisteredIdentity identity) {
        return ask(() -> identities.update(identity));
    }

    @Override
    public void delete(EnrollmentId id) {
        ask(() -> identities.delete(id));
    }

    @Override
    public List<Affiliation> affiliations(Affiliation within) {
        return ask(() -> affiliations.within(within));
    }

    @Override
    public boolean has(Affiliation affiliation) {
        return ask(() -> affiliations.has(affiliation));
    }

    @Override
    public void insert(Affiliation affiliation) {
        ask(() -> affiliations.insert(affiliation));
    }

    @Override
    public void delete(Affiliation affiliation) {
        ask(() -> affiliations.delete(affiliation));
    }

    @Override
    public void insert(IssuedCertificate certificate) {
        ask(() -> certificates.insert(certificate));
    }

    @Override
    public Optional<IssuedCertificate> certificate(String serial, String authorityKey) {
        return ask(() -> certificates.find(serial, authorityKey));
    }

    @Override
    public List<IssuedCertificate> certificates(CertificateFilter filter) {
        return ask(() -> certificates.matching(filter, MOST_ROWS + 1));
    }

    @Override
    public List<IssuedCertificate> revoked(CertificateFilter filter) {
        return ask(() -> certificates.revoked(filter));
    }

    @Override
    public void revoke(IssuedCertificate certificate, IssuedCertificate.Revocation revocation) {
        ask(() -> certificates.revoke(certificate, revocation));
    }

    @Override
    public long nextListNumber(Instant now) {
        return ask(() -> certificates.nextListNumber(now));
    }

    @Override
    public void publish(long number, String list) {
        ask(() -> certificates.publish(number, list));
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.answer();
        } catch (SQLException e) {
            throw new RegistryException("the registry does not answer", e);
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T answer() throws SQLException;
    }
}
