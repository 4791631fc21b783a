package org.jangbu.cli.server;

import com.google.protobuf.ByteString;
import java.time.Duration;
import org.jangbu.model.ChaincodeName;
import org.jangbu.model.ChannelId;
import org.jangbu.msp.client.Invocation;

/** Calls chaincodes. What is refused ends the command. */
public interface LedgerClient {
    /** Where a call goes. */
    record Target(ChannelId channel, ChaincodeName chaincode) {}

    /** A transaction that took effect. */
    record Committed(String transactionId, long block, String validationCode, ByteString result) {}

    /** Runs a function without writing anything. */
    ByteString evaluate(Target target, Invocation invocation);

    /**
     * Runs a function and has its writes committed.
     *
     * @param limit how long to wait for the commit
     */
    Committed submit(Target target, Invocation invocation, Duration limit);

    /** What one peer keeps beside all channels: answers a function of {@code _lifecycle} or {@code cscc} that needs no channel. */
    ByteString askPeer(String peer, ChaincodeName chaincode, Invocation invocation);
}
