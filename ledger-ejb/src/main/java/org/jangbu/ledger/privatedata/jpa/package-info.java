/** Private data in PostgreSQL. Entry points: {@link org.jangbu.ledger.privatedata.jpa.JpaPrivateStore}, {@link org.jangbu.ledger.privatedata.jpa.JpaTransientStore}. */
@NullMarked
package org.jangbu.ledger.privatedata.jpa;

import org.jspecify.annotations.NullMarked;
