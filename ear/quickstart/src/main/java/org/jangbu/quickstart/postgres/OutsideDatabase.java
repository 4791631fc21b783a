package org.jangbu.quickstart.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jangbu.quickstart.machine.QuickStartException;

/**
 * A PostgreSQL that somebody else runs. The server's own variables name it, so that a trial and production are told in the same way.
 *
 * @param url as JDBC has it
 * @param password shown to nobody
 */
public record OutsideDatabase(String url, String user, String password) {
    /**
     * The one that the environment names, if it names one.
     *
     * @throws QuickStartException if a part is missing: half a name is a mistake, not a wish for the quick start's own
     */
    public static Optional<OutsideDatabase> namedIn(Map<String, String> environment) throws QuickStartException {
        String url = environment.getOrDefault("JANGBU_DB_URL", "");
        String user = environment.getOrDefault("JANGBU_DB_USER", "");
        String password = environment.getOrDefault("JANGBU_DB_PASSWORD", "");
        if (url.isEmpty() && user.isEmpty() && password.isEmpty()) {
            return Optional.empty();
        }
        if (url.isEmpty() || user.isEmpty() || password.isEmpty()) {
            throw new QuickStartException(
                    "For a PostgreSQL of your own set all three of JANGBU_DB_URL, JANGBU_DB_USER and"
                            + " JANGBU_DB_PASSWORD; for the quick start's own, none.");
        }
        return Optional.of(new OutsideDatabase(url, user, password));
    }

    /** Makes sure that it can be used, before a server is started that could not. */
    public void check() throws QuickStartException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        try (Connection connection = DriverManager.getConnection(url, properties);
                var encoding = connection.createStatement().executeQuery("SHOW server_encoding")) {
            if (!encoding.next() || !encoding.getString(1).equals("UTF8")) {
                throw new QuickStartException("The encoding of the database " + url + " must be UTF8.");
            }
        } catch (SQLException e) {
            throw new QuickStartException("The database " + url + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return url + " as " + user;
    }
}
