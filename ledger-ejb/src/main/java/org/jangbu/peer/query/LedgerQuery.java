package org.jangbu.peer.query;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.ChannelId;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.model.TxId;

/**
 * What the ledgers of the hosted peers tell. Each call names the caller, who must satisfy the channel's Readers policy ({@code
 * qscc/*} access rules); a channel the caller may not read looks the same as one that does not exist. Calls are short reads of files and
 * database.
 *
 * <p>{@code caller} is the serialised identity of an authenticated caller.
 */
public interface LedgerQuery {
    /** Channels that a hosted peer has joined and the caller may read. */
    List<ChainInfo> channels(ByteString caller);

    /** Height and hashes of a channel; empty if it is not here or not for this caller. */
    Optional<ChainInfo> chainInfo(ByteString caller, ChannelId channel);

    /** A committed block, filter and commit hash included. */
    Optional<Block> block(ByteString caller, ChannelId channel, long number);

    /** A committed block by its header hash. */
    Optional<Block> blockByHash(ByteString caller, ChannelId channel, ByteString hash);

    /** A transaction, its verdict and where it stands. */
    Optional<ProcessedTransaction> transaction(ByteString caller, ChannelId channel, TxId txId);

    /** The channel's current configuration. */
    Optional<ChannelConfig> config(ByteString caller, ChannelId channel);

    /** {@code height} is the number of blocks; hashes are empty where there is no such block. */
    record ChainInfo(ChannelId channel, long height, ByteString currentBlockHash, ByteString previousBlockHash) {}

    /** A transaction as committed. */
    record ProcessedTransaction(ParsedEnvelope envelope, TxValidationCode code, long blockNumber, int position) {}
}
