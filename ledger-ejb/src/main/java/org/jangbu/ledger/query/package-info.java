/**
 * Rich queries ({@link org.jangbu.model.query.MangoQuery}) of a ledger: the database translates what it can decide exactly, the rest is
 * evaluated here. Entry point: {@link org.jangbu.ledger.query.Documents}.
 */
@NullMarked
package org.jangbu.ledger.query;

import org.jspecify.annotations.NullMarked;
