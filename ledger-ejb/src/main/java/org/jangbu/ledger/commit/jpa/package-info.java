/**
 * The database side of a ledger in PostgreSQL through JPA: position, transaction index, schema. Entry point: {@link
 * org.jangbu.ledger.commit.jpa.JpaLedgers}.
 */
@NullMarked
package org.jangbu.ledger.commit.jpa;

import org.jspecify.annotations.NullMarked;
