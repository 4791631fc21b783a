package org.jangbu.ledger.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.jangbu.model.BlockHash;
import org.jangbu.model.TxId;

/**
 * The first block of a channel, as Fabric's tools write it: one CONFIG transaction without creator and signature. It is the root of trust:
 * nothing vouches for it but whoever hands it to a node.
 */
public final class GenesisBlock {
    private static final int METADATA_SLOTS = 5;

    private GenesisBlock() {}

    /**
     * Makes the block; the same inputs give the same bytes.
     *
     * @param nonce random bytes that make the transaction id unique
     */
    public static Block of(ChannelProfile profile, Instant timestamp, ByteString nonce) {
        Config config =
                Config.newBuilder().setChannelGroup(GenesisTree.of(profile)).build();
        Payload payload = Payload.newBuilder()
                .setHeader(header(profile, timestamp, nonce))
                .setData(Deterministic.bytes(
                        ConfigEnvelope.newBuilder().setConfig(config).build()))
                .build();
        ByteString envelope =
                Envelope.newBuilder().setPayload(payload.toByteString()).build().toByteString();
        BlockData data = BlockData.newBuilder().addData(envelope).build();
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder().setDataHash(BlockHash.of(data)))
                .setData(data)
                .setMetadata(metadata())
                .build();
    }

    /**
     * The configuration with which a block begins a channel. Who vouches for the block is not looked at.
     *
     * @throws ChannelConfigException if it is no first block, or its configuration cannot be used
     * @throws UnsupportedCapabilityException if it demands what this version does not have
     */
    public static ChannelConfig read(Block block) throws ChannelConfigException {
        BlockHeader header = block.getHeader();
        if (header.getNumber() != 0 || !header.getPreviousHash().isEmpty()) {
            throw new ChannelConfigException("not the first block of a channel");
        }
        if (!header.getDataHash().equals(BlockHash.of(block.getData()))) {
            throw new ChannelConfigException("the block's data do not match its header");
        }
        return ChannelConfigReader.read(block);
    }

    /**
     * Asks more of a first configuration, on behalf of an orderer: that it can be ordered here, read, written and administered, and that
     * Fabric's tools can read it.
     *
     * @throws ChannelConfigException saying what it lacks
     */
    public static void requireUsable(ChannelConfig first) throws ChannelConfigException {
        try {
            ConfigSuccession.checkFirst(first);
        } catch (ConfigUpdateException e) {
            throw new ChannelConfigException(first.channel(), String.valueOf(e.getMessage()), e);
        }
    }

    private static Header header(ChannelProfile profile, Instant timestamp, ByteString nonce) {
        return Header.newBuilder()
                .setChannelHeader(ChannelHeader.newBuilder()
                        .setType(HeaderType.CONFIG_VALUE)
                        .setVersion(1)
                        .setTimestamp(Timestamp.newBuilder().setSeconds(timestamp.getEpochSecond()))
                        .setChannelId(profile.channel().value())
                        .setTxId(TxId.of(nonce, ByteString.EMPTY).value())
                        .build()
                        .toByteString())
                .setSignatureHeader(
                        SignatureHeader.newBuilder().setNonce(nonce).build().toByteString())
                .build();
    }

    /** Slot 0 says that the last configuration is block 0, without a signature; the others stay empty until a peer fills its own. */
    private static BlockMetadata metadata() {
        OrdererBlockMetadata signed = OrdererBlockMetadata.newBuilder()
                .setLastConfig(LastConfig.getDefaultInstance())
                .build();
        BlockMetadata.Builder slots = BlockMetadata.newBuilder()
                .addMetadata(Metadata.newBuilder()
                        .setValue(signed.toByteString())
                        .build()
                        .toByteString());
        while (slots.getMetadataCount() < METADATA_SLOTS) {
            slots.addMetadata(ByteString.EMPTY);
        }
        return slots.build();
    }
}
