/** One block is one commit: block file, state, history, transaction index and height. Entry point: {@link org.jangbu.ledger.commit.PeerLedger}. */
@NullMarked
package org.jangbu.ledger.commit;

import org.jspecify.annotations.NullMarked;
