package org.jangbu.ordering.sequence;

import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ParsedEnvelope;

/** The configuration as of the newest published block, and the number of the block it came from. */
final class ConfigTrack {
    private final ChannelId channel;
    private final ConfigSource source;
    private volatile ChannelConfig current;
    private long block;

    /** Finds the configuration of a chain that has at least its genesis block. */
    ConfigTrack(ChannelId channel, ConfigSource source, ProvisionalChain chain) throws OrdererLedgerException {
        this.channel = channel;
        this.source = source;
        Block newest = chain.block(chain.mark() - 1);
        block = isConfig(newest) ? newest.getHeader().getNumber() : lastConfig(newest);
        current = source.read(channel, chain.block(block));
    }

    ChannelConfig current() {
        return current;
    }

    /** Number of the newest block with a configuration. */
    long block() {
        return block;
    }

    /** Follows the chain: called with each block as it becomes published. */
    void follow(Block published) throws OrdererLedgerException {
        if (isConfig(published)) {
            current = source.read(channel, published);
            block = published.getHeader().getNumber();
        }
    }

    private long lastConfig(Block newest) throws OrdererLedgerException {
        try {
            Metadata signatures =
                    Metadata.parseFrom(newest.getMetadata().getMetadata(BlockMetadataIndex.SIGNATURES_VALUE));
            LastConfig last =
                    OrdererBlockMetadata.parseFrom(signatures.getValue()).getLastConfig();
            return last.getIndex();
        } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
            throw new OrdererLedgerException(
                    channel, "block " + newest.getHeader().getNumber() + " does not name the last configuration", e);
        }
    }

    /** A configuration is alone in its block. */
    private static boolean isConfig(Block block) {
        if (block.getData().getDataCount() != 1) {
            return false;
        }
        try {
            return ParsedEnvelope.parse(block.getData().getData(0))
                            .channelHeader()
                            .getType()
                    == HeaderType.CONFIG_VALUE;
        } catch (MalformedEnvelopeException e) {
            return false;
        }
    }
}
