package org.jangbu.peer.event;

import java.util.Optional;
import org.jangbu.model.TxId;

/** A channel while one caller follows it. */
public interface Following {
    /** The peer's copy of the channel. */
    FollowedChain chain();

    /** The block of a transaction that is on the ledger, valid or not. */
    Optional<Long> blockOf(TxId txId);

    /** Why the caller may not go on: expired, revoked, or let in by the access rule no more. Empty if nothing speaks against it. */
    Optional<String> lapse();
}
