package org.jangbu.web.view;

import org.jangbu.model.BlockHash;
import org.jangbu.peer.query.LedgerQuery.ChainInfo;

/** A channel's ledger: how many blocks it has, and the hashes of the newest and of the one before, in hex. */
public record ChainView(String channel, long height, String currentBlockHash, String previousBlockHash) {
    /** Shows what a peer tells. */
    public static ChainView of(ChainInfo info) {
        return new ChainView(
                info.channel().value(),
                info.height(),
                BlockHash.hex(info.currentBlockHash()),
                BlockHash.hex(info.previousBlockHash()));
    }
}
