package org.jangbu.ledger.state.jpa;

import java.sql.SQLException;
import org.jangbu.ledger.state.StateUnavailableException;
import org.jspecify.annotations.Nullable;

/** What a failed unit of work means to the ledger. */
final class DatabaseFailure {
    private DatabaseFailure() {}

    /**
     * The exception for a failure. It may pass, unless the database answered that it will not do what was asked: bad data (class 22), a
     * constraint (23), a wrong statement or missing table (42), a limit of its own (54), a fault in itself (XX).
     */
    static StateUnavailableException of(Exception failure) {
        String state = sqlState(failure);
        boolean refused = state != null && state.matches("(22|23|42|54|XX).*");
        return new StateUnavailableException(
                refused ? "the ledger's database refuses (" + state + ")" : "the ledger's database does not answer",
                !refused,
                failure);
    }

    /** Whether the connection is lost (class 08), or was ended by an administrator or a database that stops (57P01 to 57P03). */
    static boolean isBrokenConnection(Exception failure) {
        String state = sqlState(failure);
        return state != null && state.matches("08.*|57P0[123]");
    }

    private static @Nullable String sqlState(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 16; depth++) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
            cause = cause.getCause();
        }
        return null;
    }
}
