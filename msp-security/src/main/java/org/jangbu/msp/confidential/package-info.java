/**
 * Confidential data by key pair: a message that only the holders of certain certificates can read. Entry point:
 * {@link org.jangbu.msp.confidential.ConfidentialMessage}. Nothing of it touches the ledger; whoever wants such data there puts the sealed
 * bytes into a transaction.
 */
@NullMarked
package org.jangbu.msp.confidential;

import org.jspecify.annotations.NullMarked;
