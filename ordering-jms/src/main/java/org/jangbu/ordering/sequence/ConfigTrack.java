package org.jangbu.ordering.sequence;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.jangbu.ledger.channel.ChannelConfig;
import org.jangbu.ledger.channel.ChannelConfigReader;
import org.jangbu.ledger.channel.ConfigUpdateException;
import org.jangbu.ledger.channel.ConfigUpdates;
import org.jangbu.ledger.channel.UnsupportedCapabilityException;
import org.jangbu.model.ChannelId;
import org.jangbu.model.MalformedEnvelopeException;
import org.jangbu.model.ParsedEnvelope;
import org.jangbu.ordering.log.OrderingLog;

/** The configuration as of the newest published block, and the number of the block it came from. */
final class ConfigTrack {
    private final ChannelId channel;
    private volatile ChannelConfig current;
    private long block;

    /** Finds the configuration of a chain that has at least its genesis block. */
    ConfigTrack(ChannelId channel, ConfigSource source, ProvisionalChain chain) throws OrdererLedgerException {
        this.channel = channel;
        Block newest = chain.block(chain.mark() - 1);
        block = newest.getHeader().getNumber() == 0 ? 0 : lastConfig(newest);
        current = source.read(channel, chain.block(block));
    }

    ChannelConfig current() {
        return current;
    }

    /** Number of the newest block with a configuration. */
    long block() {
        return block;
    }

    /**
     * Follows the chain: called with each block as it becomes published. A configuration that is not authorised stays without effect, as it
     * does at every peer.
     */
    void follow(Block published) throws OrdererLedgerException {
        Optional<ParsedEnvelope> configuration = configuration(published);
        if (configuration.isEmpty()) {
            return;
        }
        long number = published.getHeader().getNumber();
        try {
            current = ConfigUpdates.accept(current, ChannelConfigReader.configuration(configuration.get()));
            block = number;
            OrderingLog.LOG.configured(channel, number, current.sequence());
        } catch (UnsupportedCapabilityException e) {
            throw new OrdererLedgerException(channel, "this version is too old for the configuration", e);
        } catch (ConfigUpdateException | InvalidProtocolBufferException e) {
            OrderingLog.LOG.configurationWithoutEffect(channel, number, current.sequence(), e.getMessage());
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
    private static Optional<ParsedEnvelope> configuration(Block block) {
        if (block.getData().getDataCount() != 1) {
            return Optional.empty();
        }
        try {
            ParsedEnvelope envelope = ParsedEnvelope.parse(block.getData().getData(0));
            return envelope.channelHeader().getType() == HeaderType.CONFIG_VALUE
                    ? Optional.of(envelope)
                    : Optional.empty();
        } catch (MalformedEnvelopeException e) {
            return Optional.empty();
        }
    }
}
