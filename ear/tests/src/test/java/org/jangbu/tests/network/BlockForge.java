package org.jangbu.tests.network;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.jangbu.model.BlockHash;
import org.jangbu.msp.identity.SigningIdentity;
import org.jangbu.msp.membership.MspConfigurationException;
import org.jangbu.tests.server.TrialServer;

/** Makes blocks as the orderer does, for whoever signs them. */
public final class BlockForge {
    private final SigningIdentity signer;

    public BlockForge(SigningIdentity signer) {
        this.signer = signer;
    }

    /** With the key of the network's own orderer. */
    public static BlockForge ofOrderer() throws IOException, MspConfigurationException {
        return new BlockForge(OwnKeys.identity(
                TrialServer.installation()
                        .network()
                        .organizations()
                        .resolve("ordererOrganizations/example.com/orderers/orderer.example.com/msp"),
                "OrdererMSP"));
    }

    /**
     * A signed block.
     *
     * @param filter what it says of its transactions, which no signature covers
     */
    public Block block(long number, ByteString previousHash, List<ByteString> envelopes, ByteString filter) {
        BlockData data = BlockData.newBuilder().addAllData(envelopes).build();
        BlockHeader header = BlockHeader.newBuilder()
                .setNumber(number)
                .setPreviousHash(previousHash)
                .setDataHash(BlockHash.of(data))
                .build();
        LastConfig lastConfig = LastConfig.newBuilder().setIndex(0).build();
        ByteString value = OrdererBlockMetadata.newBuilder()
                .setLastConfig(lastConfig)
                .setConsenterMetadata(oneWholeBatch())
                .build()
                .toByteString();
        ByteString signatureHeader = SignatureHeader.newBuilder()
                .setCreator(signer.serialized())
                .setNonce(ByteString.copyFrom(new byte[24]))
                .build()
                .toByteString();
        Metadata signatures = Metadata.newBuilder()
                .setValue(value)
                .addSignatures(MetadataSignature.newBuilder()
                        .setSignatureHeader(signatureHeader)
                        .setSignature(signer.sign(value, signatureHeader, BlockHash.der(header))))
                .build();
        Metadata last =
                Metadata.newBuilder().setValue(lastConfig.toByteString()).build();
        BlockMetadata metadata = BlockMetadata.newBuilder()
                .addMetadata(signatures.toByteString())
                .addMetadata(last.toByteString())
                .addMetadata(filter)
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .build();
        return Block.newBuilder()
                .setHeader(header)
                .setData(data)
                .setMetadata(metadata)
                .build();
    }

    /** Version, id, part 0 of 1: what a block says of the batch that it holds. */
    private static ByteString oneWholeBatch() {
        UUID batch = UUID.randomUUID();
        ByteBuffer bytes = ByteBuffer.allocate(25)
                .put((byte) 1)
                .putLong(batch.getMostSignificantBits())
                .putLong(batch.getLeastSignificantBits())
                .putInt(0)
                .putInt(1)
                .flip();
        return Metadata.newBuilder()
                .setValue(ByteString.copyFrom(bytes))
                .build()
                .toByteString();
    }
}
