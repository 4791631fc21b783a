/**
 * Indexes for rich queries in PostgreSQL, made by plain JDBC since that must happen outside of any transaction. Entry point: {@link
 * org.jangbu.ledger.query.jdbc.JdbcQueryIndexes}.
 */
@NullMarked
package org.jangbu.ledger.query.jdbc;

import org.jspecify.annotations.NullMarked;
