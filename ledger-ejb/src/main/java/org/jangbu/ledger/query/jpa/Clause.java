package org.jangbu.ledger.query.jpa;

/**
 * A condition in SQL.
 *
 * @param exact whether it holds for just the right rows; otherwise for all of those and maybe others
 */
record Clause(String sql, boolean exact) {
    static final Clause TRUE = new Clause("true", true);
    static final Clause FALSE = new Clause("false", true);

    static Clause exact(String sql) {
        return new Clause(sql, true);
    }

    static Clause of(boolean truth) {
        return truth ? TRUE : FALSE;
    }
}
