package org.jangbu.web.access;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jangbu.model.TxId;
import org.jangbu.peer.event.FollowedChain;
import org.jangbu.peer.event.Following;

/**
 * A channel that a caller follows for as long as the server knows that caller.
 *
 * @param known whether it does now
 */
record CallersFollowing(Following following, BooleanSupplier known) implements Following {
    @Override
    public FollowedChain chain() {
        return following.chain();
    }

    @Override
    public Optional<Long> blockOf(TxId txId) {
        return following.blockOf(txId);
    }

    @Override
    public Optional<String> lapse() {
        return known.getAsBoolean()
                ? following.lapse()
                : Optional.of("this server keeps the identity no more, or has enrolled it anew");
    }
}
