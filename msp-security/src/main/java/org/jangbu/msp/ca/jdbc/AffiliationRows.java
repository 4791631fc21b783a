package org.jangbu.msp.ca.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jangbu.msp.ca.Affiliation;
import org.jangbu.msp.ca.AuthorityName;

/** Rows of {@code ca.affiliations}. */
final class AffiliationRows {
    private final Connection connection;
    private final AuthorityName authority;

    AffiliationRows(Connection connection, AuthorityName authority) {
        this.connection = connection;
        this.authority = authority;
    }

    List<Affiliation> within(Affiliation top) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT name FROM ca.affiliations"
                        + " WHERE authority = ? AND (? = '' OR name = ? OR starts_with(name, ?)) ORDER BY name COLLATE \"C\"")) {
            select.setString(1, authority.value());
            select.setString(2, top.value());
            select.setString(3, top.value());
            select.setString(4, top.value() + ".");
            List<Affiliation> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new Affiliation(row.getString(1)));
                }
            }
            return found;
        }
    }

    boolean has(Affiliation affiliation) throws SQLException {
        try (PreparedStatement select =
                prepare("SELECT 1 FROM ca.affiliations WHERE authority = ? AND name = ? FOR SHARE", affiliation)) {
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    int insert(Affiliation affiliation) throws SQLException {
        return execute(
                "INSERT INTO ca.affiliations (authority, name) VALUES (?, ?) ON CONFLICT DO NOTHING", affiliation);
    }

    int delete(Affiliation affiliation) throws SQLException {
        return execute("DELETE FROM ca.affiliations WHERE authority = ? AND name = ?", affiliation);
    }

    private int execute(String sql, Affiliation affiliation) throws SQLException {
        try (PreparedStatement statement = prepare(sql, affiliation)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, Affiliation affiliation) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, authority.value());
        statement.setString(2, affiliation.value());
        return statement;
    }
}
