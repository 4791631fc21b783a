/** What a ledger holds, as Fabric's {@code qscc} tells it. */
@NullMarked
package org.jangbu.cli.ledger;

import org.jspecify.annotations.NullMarked;
