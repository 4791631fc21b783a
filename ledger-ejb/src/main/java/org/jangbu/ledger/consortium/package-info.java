/**
 * Among whom an orderer lets channels be founded, and by whom: the consortium that its node's folder names. Entry point: {@link
 * org.jangbu.ledger.consortium.Consortium}.
 */
@NullMarked
package org.jangbu.ledger.consortium;

import org.jspecify.annotations.NullMarked;
