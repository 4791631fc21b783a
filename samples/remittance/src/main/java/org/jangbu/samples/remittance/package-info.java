/**
 * Accounts of whole won and transfers between them, as a contract of Fabric's Java contract API: it runs in Jangbu's server and on a Fabric network
 * alike. Entry point: {@link org.jangbu.samples.remittance.RemittanceContract}.
 */
@NullMarked
package org.jangbu.samples.remittance;

import org.jspecify.annotations.NullMarked;
