/** What the ledger does with whatever is handed in, tried on the application inside its server, with database and broker. */
@NullMarked
package org.jangbu.tests.ledger;

import org.jspecify.annotations.NullMarked;
