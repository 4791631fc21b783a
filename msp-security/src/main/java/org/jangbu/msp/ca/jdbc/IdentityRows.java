package org.jangbu.msp.ca.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jangbu.msp.ca.Affiliation;
import org.jangbu.msp.ca.Attribute;
import org.jangbu.msp.ca.Attributes;
import org.jangbu.msp.ca.AuthorityName;
import org.jangbu.msp.ca.Failures;
import org.jangbu.msp.ca.IdentityType;
import org.jangbu.msp.ca.RegisteredIdentity;
import org.jangbu.msp.ca.RegistryTables;
import org.jangbu.msp.realm.DerivedSecret;
import org.jangbu.msp.realm.EnrollmentId;

/** Rows of {@code ca.identities} with their attributes. */
final class IdentityRows {
    private static final String COLUMNS = "id, type, affiliation, secret, max_enrollments, enrollments, revoked,"
            + " failures, failed_at, attribute_names, attribute_values, attribute_marks";

    private final Connection connection;
    private final AuthorityName authority;

    IdentityRows(Connection connection, AuthorityName authority) {
        this.connection = connection;
        this.authority = authority;
    }

    Optional<RegisteredIdentity> find(EnrollmentId id, boolean lock) throws SQLException {
        String sql = "SELECT " + COLUMNS + " FROM ca.identities WHERE authority = ? AND id = ?";
        try (PreparedStatement select = connection.prepareStatement(lock ? sql + " FOR UPDATE" : sql)) {
            select.setString(1, authority.value());
            select.setString(2, id.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    List<RegisteredIdentity> within(Affiliation top) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM ca.identities WHERE authority = ? AND (? = '' OR affiliation = ? OR starts_with(affiliation, ?))"
                + " ORDER BY id COLLATE \"C\" LIMIT " + (RegistryTables.MOST_ROWS + 1))) {
            select.setString(1, authority.value());
            select.setString(2, top.value());
            select.setString(3, top.value());
            select.setString(4, top.value() + ".");
            List<RegisteredIdentity> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(read(row));
                }
            }
            return found;
        }
    }

    boolean any() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM ca.identities WHERE authority = ? LIMIT 1")) {
            select.setString(1, authority.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    boolean insert(RegisteredIdentity identity) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ca.identities (type, affiliation, secret, max_enrollments, enrollments, revoked, failures,"
                        + " failed_at, attribute_names, attribute_values, attribute_marks, node, authority, id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            bind(insert, identity);
            return insert.executeUpdate() == 1;
        }
    }

    boolean update(RegisteredIdentity identity) throws SQLException {
        // A node's name that is taken is a refusal, not a failure: asked for under the lock of whoever has it.
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE ca.identities SET type = ?, affiliation = ?, secret = ?, max_enrollments = ?, enrollments = ?,"
                        + " revoked = ?, failures = ?, failed_at = ?, attribute_names = ?, attribute_values = ?,"
                        + " attribute_marks = ?, node = ? WHERE authority = ? AND id = ? AND NOT EXISTS (SELECT 1 FROM"
                        + " ca.identities other WHERE other.authority = ? AND other.node = ? AND other.id <> ?)")) {
            bind(update, identity);
            update.setString(15, authority.value());
            update.setString(16, identity.attributes().value(Attributes.NODE).orElse(null));
            update.setString(17, identity.id().value());
            return update.executeUpdate() == 1;
        }
    }

    int delete(EnrollmentId id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM ca.identities WHERE authority = ? AND id = ?")) {
            delete.setString(1, authority.value());
            delete.setString(2, id.value());
            return delete.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement, RegisteredIdentity identity) throws SQLException {
        List<Attribute> attributes = identity.attributes().all();
        Failures failures = identity.failures();
        statement.setString(1, identity.type().value());
        statement.setString(2, identity.affiliation().value());
        statement.setString(3, identity.secret().format());
        statement.setInt(4, identity.maxEnrollments());
        statement.setInt(5, identity.enrollments());
        statement.setBoolean(6, identity.revoked());
        statement.setInt(7, failures.count());
        statement.setTimestamp(8, Timestamp.from(failures.last()));
        statement.setArray(9, texts(attributes.stream().map(Attribute::name).toArray(String[]::new)));
        statement.setArray(10, texts(attributes.stream().map(Attribute::value).toArray(String[]::new)));
        statement.setArray(
                11,
                connection.createArrayOf(
                        "boolean",
                        attributes.stream().map(Attribute::inCertificate).toArray(Boolean[]::new)));
        Optional<String> node = identity.attributes().value(Attributes.NODE);
        if (node.isPresent()) {
            statement.setString(12, node.get());
        } else {
            statement.setNull(12, Types.VARCHAR);
        }
        statement.setString(13, authority.value());
        statement.setString(14, identity.id().value());
    }

    private java.sql.Array texts(String[] values) throws SQLException {
        return connection.createArrayOf("text", values);
    }

    private static RegisteredIdentity read(ResultSet row) throws SQLException {
        return new RegisteredIdentity(
                new EnrollmentId(row.getString("id")),
                new IdentityType(row.getString("type")),
                new Affiliation(row.getString("affiliation")),
                attributes(row),
                DerivedSecret.parse(row.getString("secret")),
                row.getInt("max_enrollments"),
                row.getInt("enrollments"),
                row.getBoolean("revoked"),
                new Failures(
                        row.getInt("failures"), row.getTimestamp("failed_at").toInstant()));
    }

    private static Attributes attributes(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray("attribute_names").getArray();
        String[] values = (String[]) row.getArray("attribute_values").getArray();
        Boolean[] marks = (Boolean[]) row.getArray("attribute_marks").getArray();
        List<Attribute> all = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            all.add(new Attribute(names[i], values[i], marks[i]));
        }
        return new Attributes(all);
    }
}
