/** Key history in PostgreSQL through JPA. Entry point: {@link org.jangbu.ledger.history.jpa.JpaKeyHistory}. */
@NullMarked
package org.jangbu.ledger.history.jpa;

import org.jspecify.annotations.NullMarked;
