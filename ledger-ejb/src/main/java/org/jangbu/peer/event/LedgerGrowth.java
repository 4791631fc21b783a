package org.jangbu.peer.event;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.protos.common.Block;
import org.jangbu.ledger.block.Growth;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.commit.PeerLedger;
import org.jangbu.ledger.commit.ValidatedBlock;
import org.jangbu.model.LedgerId;
import org.jangbu.peer.endorse.JoinedChannel;

/** The growth of the ledgers of this server's peers. */
public final class LedgerGrowth {
    private final Map<LedgerId, Growth> growths = new ConcurrentHashMap<>();

    /** Tells followers; called after each commit, by the committing thread. */
    public void committed(LedgerId ledger, ValidatedBlock block) {
        Growth growth = growths.get(ledger);
        if (growth != null) {
            growth.grown();
        }
    }

    /** A peer's copy of a channel, to be followed. */
    public FollowedChain chain(JoinedChannel joined) {
        PeerLedger ledger = joined.ledger();
        Growth growth = growths.computeIfAbsent(ledger.id(), id -> new Growth());
        return new FollowedChain() {
            @Override
            public long height() {
                return ledger.height();
            }

            @Override
            public Optional<Block> block(long number) {
                return Long.compareUnsigned(number, ledger.height()) < 0 ? ledger.block(number) : Optional.empty();
            }

            @Override
            public ChannelConfig config() {
                return joined.config();
            }

            @Override
            public Growth.Registration follow(Runnable wake) {
                return growth.follow(wake);
            }
        };
    }
}
