/**
 * Rich queries in PostgreSQL: conditions as SQL over {@code jsonb} whose every name and value is a parameter, and the indexes that contracts
 * bring along. Entry point: {@link org.jangbu.ledger.query.jpa.JpaDocuments}.
 */
@NullMarked
package org.jangbu.ledger.query.jpa;

import org.jspecify.annotations.NullMarked;
