/**
 * The registry in PostgreSQL, in a schema of its own, through whatever data source the server has. Entry point:
 * {@link org.jangbu.msp.ca.jdbc.JdbcRegistry}.
 */
@NullMarked
package org.jangbu.msp.ca.jdbc;

import org.jspecify.annotations.NullMarked;
