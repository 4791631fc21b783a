package org.jangbu.ledger.commit;

import com.google.protobuf.ByteString;

/**
 * How far a ledger is.
 *
 * @param height the number of blocks
 * @param currentHash header hash of the newest; empty if there is none
 * @param commitHash commit hash of the newest; empty below block 1
 * @param lastConfig number of the newest block with a valid CONFIG transaction
 */
public record LedgerPosition(long height, ByteString currentHash, ByteString commitHash, long lastConfig) {
    /** Before the genesis block. */
    public static final LedgerPosition START = new LedgerPosition(0, ByteString.EMPTY, ByteString.EMPTY, 0);
}
