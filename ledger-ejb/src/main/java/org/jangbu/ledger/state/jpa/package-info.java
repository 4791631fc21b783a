/**
 * World state in PostgreSQL through JPA: the entity for reads and administration, set-based statements for what a block writes and a
 * simulation reads, and the units of work in which both run. Entry point: {@link org.jangbu.ledger.state.jpa.JpaStateStore}.
 */
@NullMarked
package org.jangbu.ledger.state.jpa;

import org.jspecify.annotations.NullMarked;
