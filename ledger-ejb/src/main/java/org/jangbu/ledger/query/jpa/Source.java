package org.jangbu.ledger.query.jpa;

/** The tables that hold documents. What the rows of both are called is the same. */
enum Source {
    STATE("state", "s.metadata", "true"),

    /** A value is current while its version is that of its hash, which is looked up for each candidate: a join might read all hashes. */
    PRIVATE_VALUES(
            "private_values",
            "cast(NULL AS bytea) AS metadata",
            "(SELECT h.block = s.block AND h.tx = s.tx FROM ledger.state h"
                    + " WHERE h.ledger = s.ledger AND h.ns = s.ns AND h.key = s.hash)");

    private final String table;
    private final String metadata;
    private final String condition;

    Source(String table, String metadata, String condition) {
        this.table = table;
        this.metadata = metadata;
        this.condition = condition;
    }

    String table() {
        return table;
    }

    /** The column of the metadata of a row {@code s}. */
    String metadata() {
        return metadata;
    }

    /** What else must hold of a row {@code s}. */
    String condition() {
        return condition;
    }
}
