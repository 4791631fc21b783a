/**
 * An application on top of the remittance contract: opens accounts, pays, shows balances and their past. It speaks REST as any program of an enterprise would,
 * and knows nothing of how a ledger works. Begin at {@link org.jangbu.samples.remittance.app.RemittanceApp}.
 */
@NullMarked
package org.jangbu.samples.remittance.app;

import org.jspecify.annotations.NullMarked;
