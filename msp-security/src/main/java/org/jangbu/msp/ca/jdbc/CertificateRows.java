package org.jangbu.msp.ca.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jangbu.msp.ca.AuthorityName;
import org.jangbu.msp.ca.CertificateFilter;
import org.jangbu.msp.ca.IssuedCertificate;
import org.jangbu.msp.ca.RevocationReason;
import org.jangbu.msp.realm.EnrollmentId;

/** Rows of {@code ca.certificates}. */
final class CertificateRows {
    private static final String SELECT =
            "SELECT c.serial, c.authority_key, c.owner, c.pem, c.expiry, c.revoked_at, c.reason"
                    + " FROM ca.certificates c WHERE c.authority = ?";

    private final Connection connection;
    private final AuthorityName authority;

    CertificateRows(Connection connection, AuthorityName authority) {
        this.connection = connection;
        this.authority = authority;
    }

    int insert(IssuedCertificate certificate) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ca.certificates (authority, serial, authority_key, owner, pem, expiry)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, authority.value());
            insert.setString(2, certificate.serial());
            insert.setString(3, certificate.authorityKey());
            insert.setString(4, certificate.owner().value());
            insert.setString(5, certificate.pem());
            insert.setTimestamp(6, Timestamp.from(certificate.expiry()));
            return insert.executeUpdate();
        }
    }

    Optional<IssuedCertificate> find(String serial, String authorityKey) throws SQLException {
        Conditions one = new Conditions();
        one.add("c.serial = ?", serial);
        one.add("c.authority_key = ?", authorityKey);
        return select(one, 1).stream().findFirst();
    }

    List<IssuedCertificate> matching(CertificateFilter filter, int most) throws SQLException {
        return select(conditions(filter), most);
    }

    List<IssuedCertificate> revoked(CertificateFilter filter) throws SQLException {
        Conditions conditions = conditions(filter);
        conditions.add("c.revoked_at IS NOT NULL");
        return select(conditions, Integer.MAX_VALUE);
    }

    private static Conditions conditions(CertificateFilter filter) {
        Conditions conditions = new Conditions();
        if (!filter.within().isRoot()) {
            conditions.add(
                    "EXISTS (SELECT 1 FROM ca.identities i WHERE i.authority = c.authority AND i.id = c.owner"
                            + " AND (i.affiliation = ? OR starts_with(i.affiliation, ?)))",
                    filter.within().value(),
                    filter.within().value() + ".");
        }
        filter.owner().ifPresent(owner -> conditions.add("c.owner = ?", owner));
        filter.serial().ifPresent(serial -> conditions.add("c.serial = ?", serial));
        filter.authorityKey().ifPresent(key -> conditions.add("c.authority_key = ?", key));
        bounds(conditions, "c.expiry", filter.expiry());
        bounds(conditions, "c.revoked_at", filter.revoked());
        if (filter.notRevoked()) {
            conditions.add("c.revoked_at IS NULL");
        }
        return conditions;
    }

    private static void bounds(Conditions conditions, String column, CertificateFilter.Bounds bounds) {
        bounds.from().ifPresent(from -> conditions.add(column + " >= ?", Timestamp.from(from)));
        bounds.to().ifPresent(to -> conditions.add(column + " <= ?", Timestamp.from(to)));
    }

    private List<IssuedCertificate> select(Conditions conditions, int most) throws SQLException {
        String sql = SELECT + conditions.sql() + " ORDER BY c.expiry, c.serial LIMIT " + most;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, authority.value());
            for (int i = 0; i < conditions.values.size(); i++) {
                select.setObject(i + 2, conditions.values.get(i));
            }
            List<IssuedCertificate> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(read(row));
                }
            }
            return found;
        }
    }

    int revoke(IssuedCertificate certificate, IssuedCertificate.Revocation revocation) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE ca.certificates SET revoked_at = ?, reason = ?"
                        + " WHERE authority = ? AND serial = ? AND authority_key = ? AND revoked_at IS NULL")) {
            update.setTimestamp(1, Timestamp.from(revocation.at()));
            update.setInt(2, revocation.reason().number());
            update.setString(3, authority.value());
            update.setString(4, certificate.serial());
            update.setString(5, certificate.authorityKey());
            return update.executeUpdate();
        }
    }

    /** Seconds since 1970, or one more than the last number: larger than all before even if the registry was restored from a copy. */
    long nextListNumber(Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE ca.authorities"
                + " SET list_number = greatest(list_number + 1, ?) WHERE name = ? RETURNING list_number")) {
            update.setLong(1, now.getEpochSecond());
            update.setString(2, authority.value());
            try (ResultSet row = update.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the row of " + authority + " is gone");
                }
                return row.getLong(1);
            }
        }
    }

    int publish(long number, String list) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE ca.authorities SET published = ?, list = ? WHERE name = ?")) {
            update.setLong(1, number);
            update.setString(2, list);
            update.setString(3, authority.value());
            return update.executeUpdate();
        }
    }

    private static IssuedCertificate read(ResultSet row) throws SQLException {
        Optional<Timestamp> revoked = Optional.ofNullable(row.getTimestamp("revoked_at"));
        RevocationReason reason = RevocationReason.of(row.getInt("reason"));
        return new IssuedCertificate(
                row.getString("serial"),
                row.getString("authority_key"),
                new EnrollmentId(row.getString("owner")),
                row.getString("pem"),
                row.getTimestamp("expiry").toInstant(),
                revoked.map(at -> new IssuedCertificate.Revocation(at.toInstant(), reason)));
    }

    /** Conditions that are all to hold, with their values. */
    private static final class Conditions {
        private final StringBuilder sql = new StringBuilder();
        private final List<Object> values = new ArrayList<>();

        void add(String condition, Object... parameters) {
            sql.append(" AND ").append(condition);
            values.addAll(List.of(parameters));
        }

        String sql() {
            return sql.toString();
        }
    }
}
