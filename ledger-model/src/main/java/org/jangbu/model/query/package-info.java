/**
 * Rich queries without a database: Mango selectors as CouchDB understands them, as expressions that {@link org.jangbu.model.query.Document}
 * evaluates for itself and a database may translate, and which values they search. Entry points: {@link
 * org.jangbu.model.query.MangoQuery#parse} for a query's text, {@link org.jangbu.model.query.Document#of} for a value.
 */
@NullMarked
package org.jangbu.model.query;

import org.jspecify.annotations.NullMarked;
