/**
 * Rich queries: Mango selectors as CouchDB understands them, as expressions that a database translates and that {@link
 * org.jangbu.ledger.query.Matching} evaluates for itself. Entry points: {@link org.jangbu.ledger.query.MangoQuery#parse} for a query's text,
 * {@link org.jangbu.ledger.query.Documents} for its answers.
 */
@NullMarked
package org.jangbu.ledger.query;

import org.jspecify.annotations.NullMarked;
