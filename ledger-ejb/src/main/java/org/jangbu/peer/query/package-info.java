/** What the ledger tells: chain information, blocks, transactions. */
@NullMarked
package org.jangbu.peer.query;

import org.jspecify.annotations.NullMarked;
