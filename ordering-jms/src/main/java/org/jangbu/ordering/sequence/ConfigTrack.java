package org.jangbu.ordering.sequence;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayDeque;
import java.util.Deque;
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
    /** So many blocks in a row, all of them of faulty orderers, would have to hide a configuration for it to be missed. */
    private static final int WITNESSES = 10;

    private final ChannelId channel;
    private volatile ChannelConfig current;
    private long block;

    /**
     * Finds the configuration of a chain that has at least its genesis block: of the blocks that others name as bringing one, each is judged
     * again, from the genesis block on. What a block says of itself, or of the one in force, is only a hint where to look: it may come from a
     * faulty orderer.
     */
    ConfigTrack(ChannelId channel, ConfigSource source, ProvisionalChain chain) throws OrdererLedgerException {
        this.channel = channel;
        this.current = source.read(channel, chain.block(0));
        Deque<Block> found = new ArrayDeque<>();
        for (long below = chain.mark(); below > 1; ) {
            Optional<Block> newest = newestConfiguration(chain, below);
            newest.ifPresent(found::push);
            below = newest.map(configuration -> configuration.getHeader().getNumber())
                    .orElse(0L);
        }
        for (Block configuration : found) {
            follow(configuration);
        }
    }

    /** The newest block below a number that brings a configuration, as the last of those below it tell. */
    private static Optional<Block> newestConfiguration(ProvisionalChain chain, long below)
            throws OrdererLedgerException {
        long newest = 0;
        for (long number = below - 1; number > newest && number >= below - WITNESSES; number--) {
            Block witness = chain.block(number);
            newest = Math.max(newest, configuration(witness).isPresent() ? number : named(chain, witness));
        }
        return newest == 0 ? Optional.empty() : Optional.of(chain.block(newest));
    }

    /** The number of the block that a block names, if there is a configuration in it. */
    private static long named(ProvisionalChain chain, Block witness) throws OrdererLedgerException {
        long named = lastConfig(witness);
        return named > 0
                        && named < witness.getHeader().getNumber()
                        && configuration(chain.block(named)).isPresent()
                ? named
                : 0;
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

    /** What a block says; 0 where it says nothing. */
    private static long lastConfig(Block witness) {
        try {
            Metadata signatures =
                    Metadata.parseFrom(witness.getMetadata().getMetadata(BlockMetadataIndex.SIGNATURES_VALUE));
            LastConfig last =
                    OrdererBlockMetadata.parseFrom(signatures.getValue()).getLastConfig();
            return last.getIndex();
        } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
            return 0;
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
