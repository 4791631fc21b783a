/** Two plug-ins for chaincodes that keep accounts as the remittance contract does: a cap on balances at endorsement, a limit on amounts at validation. */
@NullMarked
package org.jangbu.samples.limit;

import org.jspecify.annotations.NullMarked;
